"""Every page of the product in every state, and pictures of them.

How others use it:

    from gallery import worlds
    from gallery.states import STATES

    with worlds.built(folder, language="en") as gallery:        # the application and its server
        for state in STATES:
            page = gallery.visit(state, browser_context)        # a Playwright page in that state
            answer = gallery.ask(state)                         # the same without a browser

One visit at a time: before each the database is set back to what the state begins with.
"""
