package com.ourvidz.worker;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.lease.WorkerProtocol;
import com.ourvidz.core.lease.WorkerProtocol.LeasedJob;
import com.ourvidz.diffusion.image.GenerationParameters;
import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.video.Thumbnail;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One leased job, from the first heartbeat to the last word on it. */
final class Attempt {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    /** For what a job can go on without. */
    private static final int FEW_TRIES = 3;

    /** In pixels, the longest. */
    private static final int THUMBNAIL_EDGE = 256;

    private final ServerClient server;
    private final Retries retries;
    private final Engine engine;
    private final LeasedJob job;
    private final List<String> assets = new ArrayList<>();
    private final Stopwatch total = Stopwatch.start();
    private double uploadSeconds;

    Attempt(ServerClient server, Retries retries, Engine engine, LeasedJob job) {
        this.server = server;
        this.retries = retries;
        this.engine = engine;
        this.job = job;
    }

    /**
     * Does the job and says how it ended, unless it is no longer ours.
     *
     * @return whether this process is fit for the next job
     */
    boolean run() throws InterruptedException {
        try (var _ = MDC.putCloseable("job", job.jobId().toString())) {
            return attempt();
        }
    }

    private boolean attempt() throws InterruptedException {
        LOG.info("{}, attempt {}", job.jobType(), job.attempt());
        try (var heartbeats = Heartbeats.start(server, job)) {
            return generate(heartbeats);
        } catch (StaleLeaseException e) {
            LOG.info("It is no longer ours and is dropped.");
            return true;
        }
    }

    private boolean generate(Heartbeats heartbeats) throws InterruptedException {
        try {
            var type = JobType.of(job.jobType()).orElseThrow(() -> new RefusedException(0, "unknown job type"));
            completed(engine.make(type, job, new Desk(heartbeats, type)));
            return true;
        } catch (StaleLeaseException | InterruptedException e) {
            throw e;
        } catch (Exception | Error e) {
            LOG.error("It failed", e);
            return failed(Failure.of(e));
        }
    }

    private void completed(Engine.Report report) throws IOException, InterruptedException {
        var seconds = new LinkedHashMap<>(report.seconds());
        seconds.put("upload", uploadSeconds);
        var metadata = new LinkedHashMap<>(report.details());
        metadata.put("generation_time", total.seconds());
        metadata.put("timings", seconds);
        metadata.put("memory", MemoryUse.ofThisProcess());
        lastWord(WorkerProtocol.Callback.COMPLETED, assets, null, metadata);
        LOG.info("Completed in {} s", total.seconds());
    }

    private boolean failed(Failure failure) throws InterruptedException {
        try {
            lastWord(WorkerProtocol.Callback.FAILED, List.of(), failure.sentence(), Map.of());
        } catch (IOException | RefusedException e) {
            LOG.error("The server does not hear that it failed; its lease will expire.", e);
        }
        return !failure.fatal();
    }

    private void lastWord(String status, List<String> handedIn, @Nullable String error, Map<String, Object> metadata)
            throws IOException, InterruptedException {
        var callback = new WorkerProtocol.Callback(
                job.jobId(), status, handedIn, error, metadata, job.attempt(), job.leaseToken());
        retries.run("The callback", () -> server.callback(callback));
    }

    private final class Desk implements Engine.Desk {

        private final Heartbeats heartbeats;
        private final JobType type;

        private Desk(Heartbeats heartbeats, JobType type) {
            this.heartbeats = heartbeats;
            this.type = type;
        }

        @Override
        public void progress(JobProgress progress) {
            heartbeats.report(progress);
        }

        @Override
        public boolean allows(String prompt) throws IOException, InterruptedException {
            return retries.call("The check of the prompt", FEW_TRIES, () -> server.allows(job.fence(), prompt));
        }

        @Override
        public byte[] reference(String slot) throws IOException, InterruptedException {
            return retries.call("The reference", FEW_TRIES, () -> server.reference(job.fence(), slot));
        }

        @Override
        public void asset(int index, byte[] bytes) throws IOException, InterruptedException {
            upload(index, BodyPublishers.ofByteArray(bytes));
        }

        @Override
        public void asset(int index, Path file) throws IOException, InterruptedException {
            upload(index, BodyPublishers.ofFile(file));
        }

        @Override
        public void thumbnail(int index, RgbImage picture) throws InterruptedException {
            try {
                var webp = Thumbnail.webp(picture, THUMBNAIL_EDGE, GenerationParameters.XMP);
                retries.call("The thumbnail", FEW_TRIES, () -> {
                    server.thumbnail(job.fence(), index, webp);
                    return true;
                });
            } catch (IOException | RefusedException e) {
                LOG.warn("Job {} goes on without a thumbnail of asset {}: {}", job.jobId(), index, e.toString());
            }
        }

        private void upload(int index, BodyPublisher bytes) throws IOException, InterruptedException {
            var upload = Stopwatch.start();
            var mediaType = type.output().mediaType();
            assets.add(retries.call("The upload", () -> server.upload(job.fence(), index, mediaType, bytes)));
            uploadSeconds += upload.seconds();
        }
    }
}
