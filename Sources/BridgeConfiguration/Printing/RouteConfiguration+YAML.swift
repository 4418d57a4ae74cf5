// SPDX-License-Identifier: Apache-2.0
internal import CallModel
internal import ConfigurationReading

extension BridgeConfiguration {
    /// Writes an entry of `routes`.
    func write(
        _ route: RouteConfiguration,
        bots: [BotDescription],
        dialects: [DialectSchema],
        callControls: [PartSchema]
    ) -> (inout YAMLWriter) -> Void {
        let botOptions = bots.first { $0.name == route.bot }?.options ?? []
        let dialectOptions = dialects.first { $0.name == route.dialect }?.options ?? []
        return { writer in
            writer.string("path", route.path)
            writer.string("dialect", route.dialect)
            writer.mapping("dialect_options", write(route.dialectOptions, as: dialectOptions))
            if route.tenants.isEmpty {
                writer.mapping("authentication", write(route.authentication))
            } else {
                writer.mapping("tenants") { writer in
                    for tenant in route.tenants { writer.mapping(tenant.name, write(tenant.authentication)) }
                }
            }
            if let tenant = route.tenant { writer.string("tenant", tenant) }
            writer.string("bot", route.bot)
            writer.mapping("bot_options", write(route.botOptions, as: botOptions))
            writer.plain("executor", route.executor.rawValue)
            writer.mapping("audio") { writer in
                writer.duration("lead", route.audio.lead)
                writer.duration("frame", route.audio.frame)
                writer.duration("start_threshold", route.audio.startThreshold)
                writer.duration("pre_buffer", route.audio.preBuffer)
                writer.duration("maximum_queue", route.audio.maximumQueue)
                writer.plain("detect_dtmf", route.audio.detectsDTMF)
                writer.plain("doctor", route.audio.doctor)
            }
            writer.mapping("websocket") { writer in
                writer.plain("compression", route.webSocket.compression)
                writer.strings("subprotocols", route.webSocket.subprotocols)
                writer.duration("ping_interval", route.webSocket.pingInterval)
                writer.duration("peer_timeout", route.webSocket.peerTimeout)
            }
            writer.mapping("limits") { $0.limits(route.limits) }
            writer.mapping("barge_in") { writer in
                writer.plain("speech", route.bargeIn.speech)
                writer.duration("debounce", route.bargeIn.debounce)
                writer.plain("margin", route.bargeIn.margin)
                writer.duration("confirmation", route.bargeIn.confirmation)
                writer.plain("echo_guard", route.bargeIn.echoGuard)
                writer.duration("echo_tail", route.bargeIn.echoTail)
            }
            writer.mapping("turn") { writer in
                writer.duration("speech_onset", route.turn.speechOnset)
                writer.duration("hang_over", route.turn.hangOver)
                writer.duration("minimum_wait", route.turn.minimumWait)
                writer.duration("maximum_wait", route.turn.maximumWait)
                writer.duration("longest", route.turn.longest)
                writer.duration("idle", route.turn.idle)
                writer.plain("idle_repeats", route.turn.idleRepeats)
            }
            writer.mapping("drain") { writer in
                switch route.drain.handOver {
                case .server: break
                case .off: writer.plain("hand_over", "off")
                case .url(let url): writer.string("hand_over", url)
                }
                if let goodbye = route.drain.goodbye { writer.string("goodbye", goodbye) }
            }
            if recording.folder != nil || route.recording != RouteRecording() {
                writer.mapping("recording", write(route.recording))
            }
            if let apology = route.apology { writer.string("apology", apology) }
            if let path = route.configAPIPath {
                writer.string("config_api", path)
            } else {
                writer.plain("config_api", false)
            }
            if let control = route.callControl {
                let options = callControls.first { $0.name == control.platform }?.options ?? []
                writer.mapping("call_control") { writer in
                    writer.string("platform", control.platform)
                    write(control.options, as: options)(&writer)
                }
            }
        }
    }

    /// Writes an entry of `receivers`.
    func write(_ receiver: ReceiverConfiguration, _ kinds: [PartSchema]) -> (inout YAMLWriter) -> Void {
        let options = kinds.first { $0.name == receiver.kind }?.options ?? []
        return { writer in
            writer.string("path", receiver.path)
            writer.string("kind", receiver.kind)
            writer.mapping("options", write(receiver.options, as: options))
            writer.mapping("authentication", write(receiver.authentication))
            writer.duration("deadline", receiver.deadline)
        }
    }

    private func write(_ values: BotOptions, as options: [BotOption]) -> (inout YAMLWriter) -> Void {
        { writer in
            for option in options {
                let name = option.name
                switch values[name] {
                case nil: continue
                case .text(let text): writer.string(name, text)
                case .flag(let flag): writer.plain(name, flag)
                case .integer(let integer): writer.plain(name, integer)
                case .duration(let duration): writer.duration(name, duration)
                case .secret: writer.secret(name)
                case .list(let list): writer.strings(name, list)
                case .map(let map):
                    writer.mapping(name) { writer in
                        for (key, text) in map.sorted(by: { $0.key < $1.key }) { writer.string(key, text) }
                    }
                }
            }
        }
    }
}
