package com.ourvidz.core.lease;

import com.ourvidz.core.Fence;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.asset.Asset;
import com.ourvidz.core.asset.AssetStore;
import com.ourvidz.core.asset.ObjectStore;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobState;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.job.Preview;
import com.ourvidz.core.job.Previews;
import com.ourvidz.core.worker.Roster;
import com.ourvidz.core.worker.Signals;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What workers do: take a job, keep it, hand in its assets and have the last word on it. */
public final class Leases {

    private final JobStore jobs;
    private final AssetStore assets;
    private final ObjectStore objects;
    private final Signals signals;
    private final Roster roster;
    private final InstantSource clock;
    private final Previews previews;

    public Leases(
            JobStore jobs,
            AssetStore assets,
            ObjectStore objects,
            Signals signals,
            Roster roster,
            InstantSource clock,
            Previews previews) {
        this.jobs = jobs;
        this.assets = assets;
        this.objects = objects;
        this.signals = signals;
        this.roster = roster;
        this.clock = clock;
        this.previews = previews;
    }

    /** The next job of the queue, waiting for one up to the given time. Signals shorten the wait; without them it polls. */
    public Optional<JobStore.Claim> lease(String workerId, Queue queue, String model, Duration wait)
            throws InterruptedException {
        var deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            var mark = signals.mark(queue);
            var claim = jobs.claim(queue, workerId);
            roster.seen(workerId, queue, model, claim.isPresent());
            claim.ifPresent(taken -> signals.changed(taken.job().id()));
            var left = Duration.ofNanos(deadline - System.nanoTime());
            if (claim.isPresent() || !left.isPositive()) {
                return claim;
            }
            signals.await(queue, mark, left.compareTo(queue.poll()) < 0 ? left : queue.poll());
        }
    }

    /** Keeps the lease; a preview is kept until a newer one comes or the attempt ends. */
    public void heartbeat(Fence fence, int progress, String stage, Optional<Preview> preview) {
        require(jobs.heartbeat(fence, Math.clamp(progress, 0, 100), stage));
        preview.ifPresent(newest -> previews.put(fence.jobId(), newest));
        signals.changed(fence.jobId());
    }

    /**
     * Keeps one file of the attempt; it is published when the job completes. The row is staged before the bytes arrive, so that whatever
     * dies in between leaves nothing that is not swept.
     *
     * @param index from 0, below the job's number of images
     * @throws Rejection {@code TOO_LARGE} over the bucket's limit, {@code WRONG_MEDIA_TYPE} when the bytes are not what the job type makes,
     *     {@code CONFLICT} for a stale fence
     */
    public Asset upload(Fence fence, int index, InputStream bytes) throws IOException {
        var job = jobs.held(fence).orElseThrow(Leases::stale);
        var type = job.order().type();
        if (index < 0 || index >= job.order().numImages()) {
            throw Rejection.invalid("The job has no asset " + index + ".");
        }
        var asset = staged(job, fence, index);
        require(assets.stage(fence, asset));
        var length = objects.put(asset.objectKey(), checked(type, bytes), type.bucketLimit());
        if (!assets.stage(fence, asset.ofLength(length))) {
            objects.delete(asset.objectKey());
            throw stale();
        }
        return asset.ofLength(length);
    }

    /**
     * Keeps a small picture of an asset that the attempt has handed in; it is published and deleted with the asset.
     *
     * @param bytes a WebP of at most {@link Asset#MAX_THUMBNAIL_BYTES}
     * @throws Rejection {@code TOO_LARGE} or {@code WRONG_MEDIA_TYPE} when it is not that, {@code INVALID} before the asset is there,
     *     {@code CONFLICT} for a stale fence
     */
    public void thumbnail(Fence fence, int index, InputStream bytes) throws IOException {
        require(jobs.held(fence).isPresent());
        var asset = assets.staged(fence, index)
                .filter(whole -> whole.bytes() > 0)
                .orElseThrow(() -> Rejection.invalid("The job has no asset " + index + " yet."));
        var webp = Webp.read(bytes, Asset.MAX_THUMBNAIL_BYTES);
        objects.put(asset.thumbnailKey(), new ByteArrayInputStream(webp), webp.length);
        if (!assets.stage(fence, asset.withThumbnail(webp.length))) {
            objects.delete(asset.thumbnailKey());
            throw stale();
        }
    }

    /** The worker's last word. Said twice, or too late, it is a conflict and changes nothing. */
    public void finish(WorkerProtocol.Callback callback) {
        var fence =
                new Fence(callback.jobId(), callback.attempt(), Objects.requireNonNullElse(callback.leaseToken(), ""));
        var report = Objects.requireNonNullElse(callback.metadata(), Map.<String, Object>of());
        switch (callback.status()) {
            case WorkerProtocol.Callback.COMPLETED -> require(jobs.complete(fence, ids(callback.assets()), report));
            case WorkerProtocol.Callback.FAILED -> require(jobs.fail(fence, message(callback), report));
            default -> throw Rejection.invalid("status must be completed or failed.");
        }
        previews.drop(fence.jobId());
        signals.changed(fence.jobId());
    }

    /** Gives the job back unharmed. */
    public void release(Fence fence) {
        var job = jobs.held(fence).orElseThrow(Leases::stale);
        require(jobs.release(fence));
        previews.drop(fence.jobId());
        signals.changed(fence.jobId());
        signals.wake(job.order().type().queue());
    }

    /** Hands the jobs of a worker that is known to be dead to others at once. */
    public void workerDied(String workerId, JobStore.Death death) {
        roster.gone(workerId);
        takenBack(jobs.workerDied(workerId, death));
    }

    /**
     * Takes back the jobs of workers that ended with an earlier life of this server. Other workers may still be at theirs, and could not
     * extend their leases while there was no server.
     */
    public void workersGone(String idPrefix) {
        takenBack(jobs.workersGone(idPrefix));
        jobs.renewLeases();
    }

    /** Takes back expired leases and ends what runs too long. Called from time to time. */
    public void sweep() {
        takenBack(jobs.sweep());
    }

    private void takenBack(List<Job> ended) {
        ended.forEach(job -> previews.drop(job.id()));
        ended.forEach(job -> signals.changed(job.id()));
        ended.stream()
                .filter(job -> job.state() instanceof JobState.Queued)
                .map(job -> job.order().type().queue())
                .distinct()
                .forEach(signals::wake);
    }

    private Asset staged(Job job, Fence fence, int index) {
        var type = job.order().type();
        // In the key too, so that a late upload cannot touch the bytes of the one that replaced it.
        var id = UUID.randomUUID();
        var key = "%s/%s/%d/%s.%s"
                .formatted(
                        type.bucket(),
                        job.id(),
                        fence.attempt(),
                        id,
                        type.output().extension());
        return new Asset(
                id,
                job.id(),
                job.userId(),
                type.bucket(),
                index,
                key,
                type.output().mediaType(),
                0,
                0,
                clock.instant());
    }

    private static InputStream checked(JobType type, InputStream bytes) throws IOException {
        var buffered = new BufferedInputStream(bytes);
        buffered.mark(JobType.Output.SIGNATURE_LENGTH);
        var head = buffered.readNBytes(JobType.Output.SIGNATURE_LENGTH);
        buffered.reset();
        if (!type.output().begins(head)) {
            throw Rejection.of(
                    Rejection.Reason.WRONG_MEDIA_TYPE,
                    "The file is not " + type.output().mediaType() + ".");
        }
        return buffered;
    }

    private static List<UUID> ids(List<String> assets) {
        try {
            return assets.stream().map(UUID::fromString).toList();
        } catch (IllegalArgumentException e) {
            throw Rejection.invalid("assets must be what the uploads were answered.");
        }
    }

    private static String message(WorkerProtocol.Callback callback) {
        return Objects.requireNonNullElse(callback.errorMessage(), "The worker failed without saying why.");
    }

    private static void require(boolean held) {
        if (!held) {
            throw stale();
        }
    }

    static Rejection stale() {
        return Rejection.of(
                Rejection.Reason.CONFLICT,
                "This lease is no longer yours: the job was cancelled, ended, or given to another worker.");
    }
}
