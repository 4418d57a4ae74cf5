// SPDX-License-Identifier: Apache-2.0

// Credentials that are told as they are.
extension CredentialCase {
    private static let token = "Authorization: Bearer s3cret-t0ken"
    private static let key = "X-Key: k3y-k3y-k3y"
    private static let query = "/v1/bot?token=qu3ry-t0ken"
    /// RFC 7617 §2 has the sample.
    private static let sesame = "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    private static let proxy = ["Host: 10.0.0.1:8080", "X-Forwarded-For: 198.51.100.1"]

    static let bearers = [
        CredentialCase(.bearer, .right, "as told", [token], 101),
        CredentialCase(.bearer, .right, "the field in other letters", ["aUTHORIZATION: Bearer s3cret-t0ken"], 101),
        CredentialCase(.bearer, .right, "the scheme in small letters", ["Authorization: bearer s3cret-t0ken"], 101),
        CredentialCase(.bearer, .replayed, "again", [token], 101, 101, 101),
        CredentialCase(.bearer, .unsigned, "nothing", [], 401),
        CredentialCase(.bearer, .unsigned, "another field", ["X-Key: s3cret-t0ken"], 401),
        CredentialCase(.bearer, .unsigned, "in the query", target: "/v1/bot?token=s3cret-t0ken", 401),
        CredentialCase(.bearer, .wrong, "another token", ["Authorization: Bearer wrong-t0ken!"], 403),
        CredentialCase(.bearer, .wrong, "a letter less", ["Authorization: Bearer s3cret-t0ke"], 403),
        CredentialCase(.bearer, .wrong, "a letter more", ["Authorization: Bearer s3cret-t0kenx"], 403),
        CredentialCase(.bearer, .wrong, "in capitals", ["Authorization: Bearer S3CRET-T0KEN"], 403),
        CredentialCase(.bearer, .wrong, "another scheme", ["Authorization: Basic s3cret-t0ken"], 403),
        CredentialCase(.bearer, .wrong, "no scheme", ["Authorization: s3cret-t0ken"], 403),
        CredentialCase(.bearer, .wrong, "only a scheme", ["Authorization: Bearer"], 403),
        CredentialCase(.bearer, .wrong, "an empty field", ["Authorization:"], 403),
        CredentialCase(.bearer, .wrong, "twice", [token, token], 403),
        CredentialCase(.bearer, .wrong, "twice in one", [token + ", Bearer s3cret-t0ken"], 403),
        CredentialCase(.bearer, .proxied, "another host", [token] + proxy, 101),
        CredentialCase(
            .bearer,
            .proxied,
            "the proxy's own beside it",
            [token, "Authorization: Basic cHJveHk6cHJveHk="],
            403
        ),
        CredentialCase(.bearer, .proxied, "dropped", proxy, 401),
    ]

    static let headers = [
        CredentialCase(.header, .right, "as told", [key], 101),
        CredentialCase(.header, .right, "spaces and other letters", ["x-kEY:   k3y-k3y-k3y   "], 101),
        CredentialCase(.header, .replayed, "again", [key], 101, 101),
        CredentialCase(.header, .unsigned, "nothing", [], 401),
        CredentialCase(.header, .unsigned, "another field", ["Authorization: Bearer k3y-k3y-k3y"], 401),
        CredentialCase(.header, .wrong, "another key", ["X-Key: wrong-key-wrong"], 403),
        CredentialCase(.header, .wrong, "an empty field", ["X-Key:"], 403),
        CredentialCase(.header, .wrong, "twice", [key, key], 403),
        CredentialCase(.header, .proxied, "another host", [key] + proxy, 101),
        CredentialCase(.header, .proxied, "dropped", proxy, 401),
    ]

    static let queries = [
        CredentialCase(.queryToken, .right, "as told", target: query, 101),
        CredentialCase(.queryToken, .right, "escaped, behind another", target: "/v1/bot?a=b&token=qu3ry%2Dt0ken", 101),
        CredentialCase(.queryToken, .replayed, "again", target: query, 101, 101),
        CredentialCase(.queryToken, .unsigned, "nothing", [], 401),
        CredentialCase(.queryToken, .unsigned, "an empty query", target: "/v1/bot?", 401),
        CredentialCase(.queryToken, .unsigned, "another name", target: "/v1/bot?tokens=qu3ry-t0ken", 401),
        CredentialCase(.queryToken, .unsigned, "in a field", ["Authorization: Bearer qu3ry-t0ken"], 401),
        CredentialCase(.queryToken, .wrong, "empty", target: "/v1/bot?token=", 403),
        CredentialCase(.queryToken, .wrong, "another token", target: "/v1/bot?token=wrong-wrong", 403),
        CredentialCase(.queryToken, .wrong, "twice", target: query + "&token=wrong-wrong", 403),
        CredentialCase(.queryToken, .proxied, "another host", proxy, target: query, 101),
        CredentialCase(.queryToken, .proxied, "the query is dropped", proxy, 401),
        CredentialCase(.queryToken, .proxied, "a prefix is left", proxy, target: "/calls" + query, 404),
    ]

    static let basics = [
        CredentialCase(.basic, .right, "the sample of the document", [sesame], 101),
        CredentialCase(.basic, .right, "in capitals", ["Authorization: BASIC QWxhZGRpbjpvcGVuIHNlc2FtZQ=="], 101),
        CredentialCase(.basic, .replayed, "again", [sesame], 101, 101),
        CredentialCase(.basic, .unsigned, "nothing", [], 401),
        CredentialCase(.basic, .wrong, "another password", ["Authorization: Basic QWxhZGRpbjpvcGVu"], 403),
        CredentialCase(.basic, .wrong, "no base64", ["Authorization: Basic Aladdin:open sesame"], 403),
        CredentialCase(.basic, .wrong, "another scheme", ["Authorization: Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ=="], 403),
        CredentialCase(.basic, .wrong, "twice", [sesame, sesame], 403),
        CredentialCase(.basic, .proxied, "another host", [sesame] + proxy, 101),
        CredentialCase(.basic, .proxied, "the proxy's own", ["Authorization: Basic cHJveHk6cHJveHk="] + proxy, 403),
        CredentialCase(.basic, .proxied, "dropped", proxy, 401),
    ]

    static let severals = [
        CredentialCase(.several, .right, "both", [token, key], 101),
        CredentialCase(.several, .replayed, "both again", [token, key], 101, 101),
        CredentialCase(.several, .unsigned, "only the one", [token], 401),
        CredentialCase(.several, .unsigned, "only the other", [key], 401),
        CredentialCase(.several, .unsigned, "one wrong, one missing", ["Authorization: Bearer wrong-wrong"], 401),
        CredentialCase(.several, .wrong, "one right, one wrong", [token, "X-Key: wrong-wrong"], 403),
        CredentialCase(.several, .proxied, "one dropped", [token] + proxy, 401),
        CredentialCase(.none, .right, "nothing", [], 101),
        CredentialCase(.none, .right, "anything", ["Authorization: Bearer anything"], 101),
    ]
}
