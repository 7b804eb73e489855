package com.ourvidz.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client of a stream of events that reads only when it is told to, and has no thread of its own. */
final class RawStream implements AutoCloseable {

    private static final int SMALL_BUFFER = 4096;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket = new Socket();
    private final StringBuilder read = new StringBuilder();

    RawStream(URI server, String token, String path) throws IOException {
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        var request = "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n".formatted(path, token);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    }

    /** All that has come until now, with the header and the marks of the chunks. */
    String readUntil(String text) throws IOException {
        var buffer = new byte[65_536];
        for (var from = 0; read.indexOf(text, from) < 0; ) {
            from = Math.max(0, read.length() - text.length());
            var length = socket.getInputStream().read(buffer);
            if (length < 0) {
                throw new AssertionError("the stream has ended");
            }
            read.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1)); // a character may be cut in two
        }
        return read.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
