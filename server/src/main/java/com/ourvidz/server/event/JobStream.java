package com.ourvidz.server.event;

import com.ourvidz.core.job.Job;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.http.MediaType;

/**
 * One client's connection. Nothing here waits for the client: whoever has news writes as much as the connection takes, and the container
 * calls when it takes more. So a client that does not read costs the newest state of its job and no thread.
 */
final class JobStream implements WriteListener, AsyncListener {

    private final UUID job;
    private final String userId;
    private final Function<Job, String> shown;
    private final Outbox outbox;
    private final AsyncContext context;
    private final ServletOutputStream output;
    private final Consumer<JobStream> whenClosed;
    private final long openedAt = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();
    private boolean begun;
    private boolean unflushed;
    private boolean closed;

    private JobStream(
            Job job,
            Function<Job, String> shown,
            Outbox outbox,
            AsyncContext context,
            ServletOutputStream output,
            Consumer<JobStream> whenClosed) {
        this.job = job.id();
        this.userId = job.userId();
        this.shown = shown;
        this.outbox = outbox;
        this.context = context;
        this.output = output;
        this.whenClosed = whenClosed;
    }

    /** Begins to answer the request, which goes on when the call that it came with returns. */
    static JobStream open(
            Job job,
            Function<Job, String> shown,
            Outbox outbox,
            HttpServletRequest request,
            HttpServletResponse response,
            Consumer<JobStream> whenClosed)
            throws IOException {
        describe(response);
        var context = request.startAsync();
        context.setTimeout(0);
        var stream = new JobStream(job, shown, outbox, context, response.getOutputStream(), whenClosed);
        context.addListener(stream);
        stream.output.setWriteListener(stream);
        return stream;
    }

    static void describe(HttpServletResponse response) {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // proxies that collect answers keep these back for minutes
    }

    UUID job() {
        return job;
    }

    String userId() {
        return userId;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedAt);
    }

    /** Tells the client how the job stands, unless it knows. */
    void offer(Job now) {
        var event = new JobEvent(now.state().status(), now.version(), shown.apply(now));
        locked(() -> {
            outbox.offer(event);
            drain();
        });
    }

    void comment() {
        locked(() -> {
            outbox.comment();
            drain();
        });
    }

    /** Ends the stream; what is not written by then never is. */
    void close() {
        locked(this::end);
    }

    @Override
    public void onWritePossible() {
        locked(() -> {
            begun = true;
            drain();
        });
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
