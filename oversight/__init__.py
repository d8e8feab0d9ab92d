"""The ground: settings, accounts, audit trail, storage and the embedded servers.

Nothing here knows of sponsors, studies or KPIs; those live on the floors above.
"""
