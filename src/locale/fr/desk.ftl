# Le bureau : couches, fichier des touches, modes, avis.
desk-layer-desk = Partout
desk-layer-case = La mention sélectionnée
desk-layer-feed = Fil
desk-layer-detail = Détail
desk-layer-log = Registre des réponses
desk-layer-menu = Menus et palette
desk-layer-prompt = Questions d’une ligne
desk-layer-filter = Barre de filtre
desk-layer-composer = Éditeur
desk-layer-page = Aide, rapports, résumés
desk-keys-header =
    Les touches du bureau, une ligne pour chacune : on = les touches, run = la commande, desc = vos propres mots.
    Ne mettez dans keys.toml que les lignes à changer; une ligne remplace ce qui se trouvait sur ses touches.
    run = "none" libère les touches. Les touches d’une suite sont séparées par une espace : on = "R s".
desk-keys-line = ligne { $line } : { $what }
desk-keys-nearest = { $what } Vouliez-vous dire { $nearest }?
desk-keys-shape = { $message }
desk-keys-unknown-layer = la couche { $name } n’existe pas.
desk-keys-unknown-command = la commande { $name } n’existe pas.
desk-keys-not-allowed = { $command } ne fonctionne pas dans cette couche; elle fonctionne dans { $layers }.
desk-keys-unknown-key = { $key } n’est pas une touche; écrivez j, G, ctrl-d, shift-tab, space, f1.
desk-keys-takes-text = { $key } est du texte dans cette couche; ajoutez ctrl- ou alt-, ou prenez une touche nommée.
desk-keys-duplicate = { $keys } se trouve déjà à la ligne { $first }.
desk-keys-ambiguous = { $keys } et { $other } de la ligne { $first } commencent pareil; une seule pourrait servir.
