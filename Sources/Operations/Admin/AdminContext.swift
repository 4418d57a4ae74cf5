// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Logging

/// What the router knows of a request on the admin port beside the request.
struct AdminContext: RequestContext {
    /// Where a request comes from: the server's own admin port, which has taken it apart already.
    struct Origin: RequestContextSource {
        let logger: Logger
    }

    typealias Source = Origin

    var coreContext: CoreRequestContextStorage

    init(source: Origin) { coreContext = CoreRequestContextStorage(source: source) }
}
