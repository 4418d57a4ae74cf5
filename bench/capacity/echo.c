// SPDX-License-Identifier: Apache-2.0
// The floor: a WebSocket echo on one thread that does no more than it must. One epoll_wait for what is ready, one recv for
// each connection that is, one send for each frame; each message goes back as it came. With a certificate it speaks TLS
// through OpenSSL, on the socket or (third argument "ahead") with read-ahead, which saves a system call a frame.
//
//     echo PORT [CERTIFICATE KEY [ahead]]      0 takes a free port; prints "listening on ws[s]://127.0.0.1:PORT"
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#define BUFFER (1 << 16)
#define EVENTS 256

struct connection {
    int socket;
    int open;
    SSL *ssl;
    // What is left of a frame that came in pieces.
    unsigned char *kept;
    size_t kept_length;
};

static SSL_CTX *context;
static unsigned char buffer[BUFFER + 16];

static void die(const char *words) {
    perror(words);
    exit(1);
}

static void end(struct connection *c) {
    if (c->ssl) {
        if (SSL_is_init_finished(c->ssl)) SSL_shutdown(c->ssl);
        SSL_free(c->ssl);
    }
    close(c->socket);
    free(c->kept);
    free(c);
}

// 0 when nothing is there yet, −1 at the end.
static ssize_t take(struct connection *c, unsigned char *into, size_t room) {
    if (c->ssl) {
        int count = SSL_read(c->ssl, into, (int)room);
        if (count > 0) return count;
        int error = SSL_get_error(c->ssl, count);
        return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? 0 : -1;
    }
    ssize_t count = recv(c->socket, into, room, 0);
    if (count > 0) return count;
    return count < 0 && errno == EAGAIN ? 0 : -1;
}

static int give(struct connection *c, const unsigned char *from, size_t count) {
    ssize_t sent = c->ssl ? SSL_write(c->ssl, from, (int)count) : send(c->socket, from, count, MSG_NOSIGNAL);
    return sent == (ssize_t)count ? 0 : -1;
}

static int open_websocket(struct connection *c, unsigned char *bytes, size_t count, size_t *used) {
    unsigned char *stop = memmem(bytes, count, "\r\n\r\n", 4);
    if (!stop) return 0;
    *used = (size_t)(stop - bytes) + 4;
    *stop = 0;
    char *key = strcasestr((char *)bytes, "sec-websocket-key:");
    if (!key) return -1;
    key += 18;
    while (*key == ' ') key++;
    char text[128], accept[64], answer[256];
    snprintf(text, sizeof text, "%.24s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key);
    unsigned char digest[20];
    EVP_Digest(text, strlen(text), digest, NULL, EVP_sha1(), NULL);
    EVP_EncodeBlock((unsigned char *)accept, digest, 20);
    int length = snprintf(answer, sizeof answer,
                          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Accept: %s\r\n\r\n",
                          accept);
    c->open = 1;
    return give(c, (unsigned char *)answer, (size_t)length) ? -1 : 1;
}

// Echoes the frames in the bytes; the count of bytes used, or −1 when the connection is over.
static ssize_t echo(struct connection *c, unsigned char *bytes, size_t count) {
    size_t used = 0;
    for (;;) {
        unsigned char *frame = bytes + used;
        size_t rest = count - used, header = 6;
        if (rest < header) return (ssize_t)used;
        size_t length = frame[1] & 0x7F;
        if (length == 126) {
            header = 8;
            if (rest < header) return (ssize_t)used;
            length = (size_t)frame[2] << 8 | frame[3];
        } else if (length == 127) {
            return -1;
        }
        if (!(frame[1] & 0x80)) return -1;
        if (rest < header + length) return (ssize_t)used;
        unsigned char *payload = frame + header;
        uint32_t key;
        memcpy(&key, payload - 4, 4);
        size_t index = 0;
        for (; index + 4 <= length; index += 4) {
            uint32_t word;
            memcpy(&word, payload + index, 4);
            word ^= key;
            memcpy(payload + index, &word, 4);
        }
        for (; index < length; index++) payload[index] ^= payload[(ptrdiff_t)(index & 3) - 4];
        // The reply's header takes the place of the mask, which is no longer needed.
        unsigned char opcode = frame[0] & 0x0F, *reply = payload - (length < 126 ? 2 : 4);
        if (length < 126) {
            reply[1] = (unsigned char)length;
        } else {
            reply[1] = 126;
            reply[2] = (unsigned char)(length >> 8);
            reply[3] = (unsigned char)length;
        }
        reply[0] = 0x80 | (opcode == 9 ? 10 : opcode);
        if (opcode != 10 && give(c, reply, length + (size_t)(payload - reply))) return -1;
        if (opcode == 8) return -1;
        used += header + length;
    }
}

static void ready(struct connection *c) {
    do {
        size_t have = c->kept_length;
        if (have) memcpy(buffer, c->kept, have);
        ssize_t count = take(c, buffer + have, BUFFER - have);
        if (count == 0) return;
        if (count < 0) return end(c);
        have += (size_t)count;
        size_t used = 0;
        if (!c->open && open_websocket(c, buffer, have, &used) < 0) return end(c);
        if (c->open) {
            ssize_t echoed = echo(c, buffer + used, have - used);
            if (echoed < 0) return end(c);
            used += (size_t)echoed;
        }
        free(c->kept);
        c->kept = NULL;
        c->kept_length = have - used;
        if (c->kept_length) {
            c->kept = malloc(c->kept_length);
            memcpy(c->kept, buffer + used, c->kept_length);
        }
    } while (c->ssl && SSL_has_pending(c->ssl));
}

int main(int count, char **words) {
    int tls = count >= 4;
    if (count < 2) {
        fprintf(stderr, "echo PORT [CERTIFICATE KEY [ahead]]\n");
        return 64;
    }
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (tls) {
        context = SSL_CTX_new(TLS_server_method());
        SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
        if (count > 4) SSL_CTX_set_read_ahead(context, 1);
        if (SSL_CTX_use_certificate_chain_file(context, words[2]) != 1 ||
            SSL_CTX_use_PrivateKey_file(context, words[3], SSL_FILETYPE_PEM) != 1) {
            fprintf(stderr, "the certificate or its key cannot be read\n");
            return 1;
        }
    }
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(words[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 4096)) die("listen");
    socklen_t size = sizeof address;
    getsockname(listener, (struct sockaddr *)&address, &size);
    printf("listening on ws%s://127.0.0.1:%d\n", tls ? "s" : "", ntohs(address.sin_port));
    fflush(stdout);

    int poll = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[EVENTS];
    epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int found = epoll_wait(poll, events, EVENTS, -1);
        for (int index = 0; index < found; index++) {
            if (events[index].data.ptr) {
                ready(events[index].data.ptr);
                continue;
            }
            for (;;) {
                int socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
                if (socket < 0) break;
                setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
                struct connection *c = calloc(1, sizeof *c);
                c->socket = socket;
                if (tls) {
                    c->ssl = SSL_new(context);
                    SSL_set_fd(c->ssl, socket);
                    SSL_set_accept_state(c->ssl);
                }
                struct epoll_event interest = {.events = EPOLLIN, .data.ptr = c};
                epoll_ctl(poll, EPOLL_CTL_ADD, socket, &interest);
            }
        }
    }
}
