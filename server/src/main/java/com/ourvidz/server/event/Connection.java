package com.ourvidz.server.event;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.springframework.http.MediaType;

/**
 * One client's connection. Nothing here waits for the client: whoever has news writes as much as the connection takes, and the container
 * calls when it takes more. So a client that does not read costs the newest state of its jobs and no thread.
 */
final class Connection implements WriteListener, AsyncListener {

    private final Outbox outbox;
    private final AsyncContext context;
    private final ServletOutputStream output;
    private final Consumer<Connection> whenClosed;
    private final long openedAt = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean begun;
    private boolean unflushed;
    private boolean closed;

    private Connection(
            Outbox outbox, AsyncContext context, ServletOutputStream output, Consumer<Connection> whenClosed) {
        this.outbox = outbox;
        this.context = context;
        this.output = output;
        this.whenClosed = whenClosed;
    }

    /** Begins to answer the request, which goes on when the call that it came with returns. */
    static Connection open(
            Outbox outbox, HttpServletRequest request, HttpServletResponse response, Consumer<Connection> whenClosed)
            throws IOException {
        describe(response);
        var context = request.startAsync();
        context.setTimeout(0);
        var connection = new Connection(outbox, context, response.getOutputStream(), whenClosed);
        context.addListener(connection);
        connection.output.setWriteListener(connection);
        return connection;
    }

    static void describe(HttpServletResponse response) {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // proxies that collect answers keep these back for minutes
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedAt);
    }

    /** Changes the outbox, and writes what is in it then. */
    void tell(Runnable news) {
        locked(() -> {
            news.run();
            drain();
        });
    }

    void comment() {
        tell(outbox::comment);
    }

    /** Ends the stream; what is not written by then never is. */
    void close() {
        locked(this::end);
    }

    @Override
    public void onWritePossible() {
        tell(() -> begun = true);
    }

    @Override
    public void onError(Throwable e) {
        close();
    }

    @Override
    public void onError(AsyncEvent event) {
        close();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        close();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        close();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}

    private void drain() {
        try {
            while (begun && !closed && output.isReady()) {
                if (unflushed) {
                    output.flush();
                    unflushed = false;
                } else if (!writeNext()) {
                    return;
                }
            }
        } catch (IOException | IllegalStateException gone) {
            end();
        }
    }

    private boolean writeNext() throws IOException {
        var next = outbox.take();
        if (next.isPresent()) {
            output.write(next.get());
            unflushed = true;
        } else if (outbox.ended()) {
            end();
        }
        return next.isPresent();
    }

    /** From here on the connection is the container's, which may use it for another request. */
    private void end() {
        if (closed) {
            return;
        }
        closed = true;
        whenClosed.accept(this);
        try {
            context.complete();
        } catch (IllegalStateException completed) {
            // by the container, which found the client gone
        }
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }
}
