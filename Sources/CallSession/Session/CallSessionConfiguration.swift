// SPDX-License-Identifier: Apache-2.0

package import CallModel
package import VoiceBridge

/// The numbers a call is run by: a route's settings, as values.
package struct CallSessionConfiguration: Sendable {
    /// What the bot hears and speaks.
    package var botFormat: AudioFormat
    /// What the platform's wire can carry.
    package var capabilities: DialectCapabilities
    /// Kinds of transfer that can be asked for out of band, where the wire has none; nil when nothing can be, hang-ups
    /// included.
    package var outOfBandTransfers: Set<TransferTarget.Kind>?
    /// How long an answer to what was asked for out of band is waited for.
    package var outOfBandPatience: Duration = .seconds(6)
    /// Whether marks are asked for on the wire.
    package var usesMarks = false
    /// Whether the platform is told that an utterance is complete.
    package var announcesUtteranceEnd = false
    /// How far ahead of real time audio is sent.
    package var lead: Duration = .milliseconds(200)
    /// Length of one frame of audio out, a multiple of 20 ms.
    package var frame: Duration = .milliseconds(20)
    /// A streamed utterance begins once this much of it is there.
    package var startThreshold: Duration = .milliseconds(60)
    /// A streamed utterance that gets no audio for this long is over.
    package var streamIdle: Duration = .milliseconds(500)
    /// Audio of a stage that may wait to be sent; of more the oldest is dropped.
    package var liveLimit: Duration = .seconds(1)
    /// Most prompts, utterances and other items that may wait to be sent; further ones are refused.
    package var maximumQueuedItems = 256
    /// A socket that takes nothing for this long ends the call.
    package var writeTimeout: Duration = .seconds(10)
    /// One mark is sent per this much audio.
    package var markInterval: Duration = .milliseconds(200)
    /// Caller audio kept until the bot is ready.
    package var preBuffer: Duration = .seconds(2)
    /// How long after the upgrade `start` must come.
    package var startTimeout: Duration = .seconds(10)
    /// What is waited beyond the expected end of playout before hanging up or transferring.
    package var drainSlack: Duration = .milliseconds(250)
    /// How long after a hang-up the platform may take to end the call; it is repeated once halfway.
    package var hangUpPatience: Duration = .seconds(5)
    /// How long after a transfer the platform may take to end the call.
    package var transferPatience: Duration = .seconds(10)
    /// The longest a call may last; nil for no limit.
    package var maximumDuration: Duration?
    /// A call in which neither side makes a sound for this long is hung up; nil for never.
    package var silenceTimeout: Duration?
    /// How long a cancelled bot may take to return before the call is completed without it.
    package var botGrace: Duration = .seconds(2)
    /// Messages that are not JSON that a call survives.
    package var maximumMalformedMessages = 20
    /// Whether speech of the caller is looked for at all.
    package var detectsSpeech = true
    /// Whether speech of the caller stops playbacks that may be interrupted.
    package var speechInterrupts = true
    /// How long speech must last to count while the caller hears the bot.
    package var bargeInDebounce: Duration = .milliseconds(200)
    /// Speech without which nothing is taken for it while the bot is silent.
    package var speechOnset: Duration = .milliseconds(60)
    /// Silence that ends a stretch of speech.
    package var speechHangOver: Duration = .milliseconds(400)
    /// Decibels by which speech must be louder to count while the caller hears the bot.
    package var bargeInMargin: Double = 6
    /// Speech that must come after an interruption for it to count; zero for no way back.
    package var confirmation: Duration = .milliseconds(500)
    /// Whether what comes back of the bot's own voice is told from the caller's.
    package var guardsEcho = true
    /// How long after the bot's last sound its echo may still come.
    package var echoTail: Duration = .milliseconds(300)
    /// Silence after the end of speech that ends the caller's turn.
    package var minimumTurnWait: Duration = .milliseconds(300)
    /// How long sounds that are no speech may put that off.
    package var maximumTurnWait: Duration = .seconds(2)
    /// The longest that one turn may last.
    package var longestTurn: Duration = .seconds(60)
    /// The bot is told when nobody made a sound for this long; nil for never.
    package var idleTime: Duration? = .seconds(10)
    /// How often in a row it is told.
    package var idleRepeats = 3
    /// Whether keys are listened for in the audio itself, for platforms that do not tell of them.
    package var detectsKeys = false
    /// Whether the first seconds of caller audio are looked over for faults of the stream.
    package var examinesAudio = true
    /// How long the platform is given to close the socket behind its last message, where that is its part; nil closes at once.
    package var farewellPatience: Duration?
    /// When the call's audio is recorded; nil for never.
    package var recording: RecordingRules?
    /// Played when the bot fails.
    package var apology: Prompt?

    /// Settings with the product's defaults for a bot of this format on a platform of these capabilities.
    package init(botFormat: AudioFormat, capabilities: DialectCapabilities) {
        self.botFormat = botFormat
        self.capabilities = capabilities
    }
}
