package com.ourvidz.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A request whose body never ends and comes a byte at a time, ten in a second. */
final class Drip implements AutoCloseable {

    private static final int DECLARED_LENGTH = 1_000_000;

    private final Socket socket;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final CompletableFuture<String> answer;

    /**
     * Begins.
     *
     * @param head the request's first line and headers, but its length, each with its line's end
     * @param body how the body begins
     */
    Drip(URI server, String head, byte[] body) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        var out = socket.getOutputStream();
        out.write((head + "Host: localhost\r\nContent-Length: " + DECLARED_LENGTH + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        answer = CompletableFuture.supplyAsync(
                this::read, task -> Thread.ofVirtual().start(task));
        var _ = clock.scheduleAtFixedRate(this::drip, 0, 100, TimeUnit.MILLISECONDS);
    }

    /** All that the server says until it hangs up. */
    String answer() {
        return answer.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private String read() {
        var read = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(read);
        } catch (IOException e) {
            // so the server has hung up, while more was on its way
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    private void drip() {
        try {
            socket.getOutputStream().write('x');
        } catch (IOException e) {
            clock.shutdown(); // the server has hung up
        }
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        socket.close();
    }
}
