# SPDX-License-Identifier: Apache-2.0
"""Where pipecat and a platform's document disagree. The check fails when one of these is there no more, or one is that is
not here."""

# Members of messages to the platform: (dialect, message) → members that only we write (+) and that only pipecat writes (-),
# whose way is followed, and why.
MEMBERS = {
    ("exotel", "media"): (
        {"+sequence_number", "+media.chunk", "+media.timestamp"}, "document",
        "optional in the document; Exotel's own sample reports streams that end early without them",
    ),
    ("plivo", "playAudio"): (
        {"-streamId"}, "document", "optional in the document, whose example is without it",
    ),
    ("genesys", "pong"): ({"-position"}, "document", "the server's messages have no position"),
    ("genesys", "event"): ({"-position"}, "document", "the server's messages have no position"),
    ("genesys", "closed"): ({"-position"}, "document", "the server's messages have no position"),
}

# What a simulated platform, which is strict, finds in a call with pipecat when one thing is left as pipecat has it: (dialect,
# thing) → rule that is broken, what it says, whose way is followed, and why.
VIOLATIONS = {
    ("exotel", "sizes"): (
        "frame-size", "1600 bytes are not 3200 to", "document",
        "pipecat leaves the size of messages to its transport; the document's least is 3200 bytes",
    ),
    ("genesys", "sizes"): (
        "message-rate", "messages of audio in a second", "document",
        "pipecat leaves the size of messages to its transport; many small ones draw the error 429",
    ),
    ("genesys", "position"): (
        "keys", "pong has 'position'", "document", "the server's messages have no position",
    ),
}

# Keys of the caller that every platform may send and pipecat does not read; we read them.
UNREAD_KEYS = "ABCD"

# Not told apart by the messages that are looked at here: pipecat's serializer `vonage` is written for the Audio Connector of
# Vonage Video, whose messages are those of the Voice API's WebSockets; and no serializer reads marks, so that those are held
# against the documents alone.
