"""What wants attention, ranked by risk × time × neglect. Pure, but for `loading` and `listing`.

`kinds` says what there is and whose turn it is, `weights` what counts how much, `matter` one thing
with what is known of it, `ranking` its three factors. Each `of_*` finds the matters of some kinds
in what was loaded; a floor above that has more to say adds a kind, a module of its own and a line
in `gathering`.
"""
