# Pourquoi et pourquoi pas : ce qui manquait à une requête, le compte rendu d'un jugement, une correction du plan.
query-quote = « { $words } »
query-quotes-more = { $told } (+{ $more })
query-lack-absent = il manque { $asked }
query-lack-partly = { $asked } : il manque { $absent }
query-lack-scattered = { $asked } : les mots y sont, mais pas à la suite
query-lack-apart = { $asked } : à { $distance } mots l’un de l’autre, { $allowed } au plus
query-lack-reversed = { $asked } : dans l’ordre inverse
query-lack-present = { $asked } y fait obstacle : { $found }
query-lack-excluded = { $asked } y fait obstacle
query-lack-value = { $asked } : c’est { $found }
query-lack-no-value = { $asked } : ce n’est pas le cas
query-lack-others = { $others ->
    [one] { $lack }, ou un autre
   *[other] { $lack }, ou l’un de { $others } autres
}
query-lack-more = { $told } · +{ $more }
why-level = Pourquoi { $level }
why-score = { $score } points
why-levels = P3 dès { $p3 }, P2 dès { $p2 }, P1 dès { $p1 }
why-protocol-holds = protocole { $level } : { $name }
why-floor-holds = plancher { $level } : { $name }
why-floor-idle = plancher { $level } : { $name } (sans effet)
why-cap-holds = plafond { $level } : { $name }
why-cap-idle = plafond { $level } : { $name } (sans effet)
why-floors-silent = planchers qui ne jouent pas : { $names }
why-caps-silent = plafonds qui ne jouent pas : { $names }
why-acknowledge = accuser réception avant { $moment }
why-substance = répondre avant { $moment }
why-over = { $what } (dépassé)
why-no-clock = aucun délai ne court
why-road-map = Arbre de décision
why-yes = oui
why-no = non
why-assumed = supposé; c’est à une personne de répondre
why-person = Choix d’une personne : { $outcome }
why-suggests = suggère : { $outcome }
why-suggested-before = l’arbre suggérait : { $outcome }
why-initiatives = Initiatives
why-initiatives-none = aucune initiative ne correspond
why-relevant = À notre sujet
why-not-relevant = Pas à notre sujet
why-relevant-initiative = une initiative correspond
why-nothing-for = ni initiative ni critère ne parle en sa faveur
why-for = pour : { $title }
why-decisive = pour, décisif : { $title }
why-against = contre : { $title }
why-set-aside = mis de côté : { $title }
why-groups = Groupes
why-near = A failli correspondre
why-near-none = aucune autre règle n’en est proche
why-by-author = l’auteur
why-kind-initiative = initiative { $title }
why-kind-hashtags = mots-clics de { $title }
why-kind-stakeholder = groupe { $title }
why-kind-criterion = critère { $title }
why-kind-holding = déclaration d’attente { $title }
why-kind-contribution = points { $title }
why-kind-floor = plancher { $title }
why-kind-cap = plafond { $title }
why-rise = Ce qui en ferait une { $level }
why-rise-points = { $points ->
    [one] { $points } point de plus
   *[other] { $points } points de plus
}
why-rise-nothing = aucune règle du plan n’y suffirait
why-change-floor = le plancher « { $title } »
why-change-no-cap = sans le plafond « { $title } »
why-change-points = { $points } { $title }
why-change-no-points = { $points } sans { $title }
why-change-group = { $points } de { $title }
why-change-initiative = { $points } au sujet de { $title }
why-change-reach = { $points } { $followers ->
    [one] auteur suivi par { $followers } personne
   *[other] auteur suivi par { $followers } personnes
}
why-change-lacks = { $change } : { $lacks }
why-only-handles = un de ses comptes
why-kind-rumour = rumeur { $title }
why-kind-place = lieu { $title }
why-kind-protocol = protocole { $title }
why-change-protocol = le protocole « { $title } »
why-here = { $place }, chez nous
why-elsewhere = il s’agit d’un autre { $place }
why-title = Pourquoi? · { $author }

# C'est une erreur.
wrong-what = Qu’est-ce qui ne va pas?
wrong-which-missed = Au sujet de quelle initiative?
wrong-which-priority = Quelle priorité?
wrong-which-initiative = Pas au sujet de quelle initiative?
wrong-which-message = Quel message devrait répondre?
wrong-which-term = Quels mots font la différence?
wrong-not-relevant = ce n’est pas à notre sujet
wrong-relevant = c’est à notre sujet…
wrong-missed = une autre initiative est en cause…
wrong-priority = la priorité…
wrong-initiative = l’initiative…
wrong-message = le message…
wrong-test-only = seulement l’essai
wrong-add = ajouter { $term }
wrong-exclude = exclure { $term }
wrong-same = comme maintenant
wrong-header =
    { $what }
    Enregistrez ce fichier pour l’appliquer au plan; modifiez-le d’abord si vous voulez.
    Quittez sans enregistrer, ou videz le fichier, et rien ne change.
wrong-header-relevant = Pas à notre sujet.
wrong-header-missed = Au sujet de { $id }.
wrong-header-priority = La priorité est { $level }.
wrong-header-initiative = Pas au sujet de { $id }.
wrong-header-message = { $id } devrait répondre.
wrong-done = { $edits ->
    [0] Essai ajouté; { $changed } des { $of } dernières mentions changeraient.
   *[other] Essai ajouté et règle modifiée; { $changed } des { $of } dernières mentions changent.
}
wrong-cancelled = Rien n’a été enregistré; le plan reste tel quel.
wrong-no-editor = Aucun éditeur n’est défini (VISUAL, EDITOR); la modification se trouve dans { $file }
wrong-editor-failed = L’éditeur a échoué; le plan reste tel quel. { $cause }
wrong-not-applied = La modification ne s’applique pas à { $name }; rien n’a changé. Elle est gardée dans { $file }
wrong-unreadable = Ce n’est plus une modification lisible; rien n’a changé. Elle est gardée dans { $file }
wrong-not-a-file = { $name } n’est pas un fichier du plan; rien n’a changé. La modification est gardée dans { $file }
wrong-breaks-plan = { $problems ->
    [one] Cette modification mettrait un problème dans le plan; rien n’a changé. { $problem } Elle est gardée dans { $file }
   *[other] Cette modification mettrait { $problems } problèmes dans le plan; rien n’a changé. { $problem } Elle est gardée dans { $file }
}
wrong-plan-broken = Le plan sur le disque ne se charge pas; rien n’a donc changé. { $problem } La modification est gardée dans { $file }
wrong-io = Le plan n’a pas pu être modifié : { $cause }. La modification est gardée dans { $file }
