"""What is transferred in writing, and what the authority was told about it.

`taxonomy` and `records` read what documents are made of, `transfers` says what an IND submission
has to list, `submitting` records one; `document` puts together the table of one study on a day,
`differences` says what changed between two, `consequences` what that asks for; `files` and
`printed` write them. Only the sponsor's own people come here.
"""
