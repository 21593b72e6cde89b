# Rapports.
report-situation-title = Situation : { $organization }
report-handover-title = Relève : { $organization }
report-window = Du { $from } au { $to }.
report-volumes = Volumes
report-arrived = { $arrived } reçues, dont { $relevant } pertinentes
report-by-level = Par priorité : { $levels }
report-open-now = Ouvertes : { $open }, en retard : { $late }
report-cut = La période compte plus de mentions que celles qui ont été lues : les chiffres portent sur les { $read } plus récentes.
report-initiatives = Par initiative
report-column-initiative = Initiative
report-column-arrived = Reçues
report-column-open = Ouvertes
report-groups = Par initiative et groupe d’intérêt
report-questions = Questions les plus fréquentes
report-question = { $subject } : { $count ->
    [one] posée une fois
   *[other] posée { $count } fois
}, { $open } en attente. La plus récente : « { $example } »
report-no-message = { $initiative } (aucun message clé n’y répond)
report-elsewhere = Autres sujets (aucune initiative ne correspond)
report-urgent = P1 et P2 ouvertes
report-late = Aussi en retard
report-counted = { $what } : { $count }
report-decided = Décisions
report-answered-with = Réponses utilisées
report-answered-freely = { $count ->
    [one] { $count } réponse rédigée librement
   *[other] { $count } réponses rédigées librement
}
report-none = Rien.
report-more = et { $count } de plus
report-claimed-by = prise en charge par { $by }
report-wakes = revient le { $at }
report-due = échéance { $at }
report-late-by = en retard de { $span }
report-handover-summary = { $open } ouvertes, { $late } en retard, { $decided } décisions pendant la période.
report-escalated = Transmises à un palier
report-escalated-to = { $id } : palier { $tier }, { $to }, depuis le { $at }
report-acknowledge-by = accusé de réception attendu le { $at }
report-unconfirmed = Copiées, publication non confirmée
report-snoozed = Reportées
report-notes = Notes (communicables)
