package com.ourvidz.server.lease;

import com.ourvidz.core.Fence;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.catalog.Queue;
import com.ourvidz.core.job.JobReference;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.job.Preview;
import com.ourvidz.core.lease.Leases;
import com.ourvidz.core.lease.WorkerProtocol;
import com.ourvidz.server.http.Requests;
import com.ourvidz.server.http.TimedStream;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The worker's routes, as {@link WorkerProtocol} describes them. */
@RestController
public class LeaseResource {

    /** The fence of an upload, whose body is the file itself. */
    public static final String ATTEMPT = "X-Ourvidz-Attempt";

    public static final String LEASE = "X-Ourvidz-Lease";

    private static final Pattern WORKER_ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final int LONGEST_MODEL = 200;

    private final OpenLeases open;
    private final Leases leases;
    private final Duration lease;
    private final Duration uploadLimit;

    /**
     * The routes over the use cases.
     *
     * @param lease how long a lease holds after each heartbeat
     * @param uploadLimit for all of an upload to arrive
     */
    public LeaseResource(OpenLeases open, Leases leases, Duration lease, Duration uploadLimit) {
        this.open = open;
        this.leases = leases;
        this.lease = lease;
        this.uploadLimit = uploadLimit;
    }

    /** That a worker's word was taken. */
    record Noted(boolean success) {
        static final Noted YES = new Noted(true);
    }

    /** 204 when no job came in time. */
    @PostMapping("/worker/lease")
    ResponseEntity<WorkerProtocol.LeasedJob> lease(@RequestBody WorkerProtocol.LeaseRequest request)
            throws InterruptedException {
        WorkerMessages.complete(request);
        if (!WORKER_ID.matcher(request.workerId()).matches() || request.model().length() > LONGEST_MODEL) {
            throw Rejection.invalid(
                    "worker_id must be 1 to 100 of A-Z a-z 0-9 . _ -, and model at most 200 characters.");
        }
        var queue = Queue.of(request.queue()).orElseThrow(() -> Rejection.invalid("There is no such queue."));
        var wait = Duration.ofSeconds(Math.max(0, request.waitSeconds()));
        return open.lease(request.workerId(), queue, request.model(), wait)
                .map(claim -> ResponseEntity.ok(leased(claim)))
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    /** 409 says that the lease is lost and the work is to be dropped. */
    @PostMapping("/worker/jobs/{id}/heartbeat")
    Noted heartbeat(@PathVariable String id, @RequestBody WorkerProtocol.Heartbeat beat) {
        WorkerMessages.complete(beat);
        var preview = Optional.ofNullable(beat.preview()).map(jpeg -> Preview.of(beat.attempt(), jpeg));
        leases.heartbeat(WorkerMessages.fence(Requests.id(id), beat), beat.progress(), beat.stage(), preview);
        return Noted.YES;
    }

    @PutMapping("/worker/jobs/{id}/assets/{index}")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content =
                    @Content(
                            mediaType = "application/octet-stream",
                            schema = @Schema(type = "string", format = "binary")))
    WorkerProtocol.Uploaded upload(
            @PathVariable String id,
            @PathVariable int index,
            @RequestHeader(ATTEMPT) int attempt,
            @RequestHeader(LEASE) String leaseToken,
            HttpServletRequest request)
            throws IOException {
        var fence = new Fence(Requests.id(id), attempt, leaseToken);
        var asset = leases.upload(fence, index, new TimedStream(request, uploadLimit));
        return new WorkerProtocol.Uploaded(asset.id().toString());
    }

    /** A WebP of at most 256 KB, once the asset itself is there. */
    @PutMapping("/worker/jobs/{id}/assets/{index}/thumbnail")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(mediaType = "image/webp", schema = @Schema(type = "string", format = "binary")))
    Noted thumbnail(
            @PathVariable String id,
            @PathVariable int index,
            @RequestHeader(ATTEMPT) int attempt,
            @RequestHeader(LEASE) String leaseToken,
            HttpServletRequest request)
            throws IOException {
        var fence = new Fence(Requests.id(id), attempt, leaseToken);
        leases.thumbnail(fence, index, new TimedStream(request, uploadLimit));
        return Noted.YES;
    }

    @PostMapping("/worker/jobs/{id}/release")
    Noted release(@PathVariable String id, @RequestBody WorkerProtocol.Release release) {
        WorkerMessages.complete(release);
        leases.release(WorkerMessages.fence(Requests.id(id), release));
        return Noted.YES;
    }

    @PostMapping("/api/job-callback")
    Noted callback(@RequestBody WorkerProtocol.Callback callback) {
        leases.finish(WorkerMessages.complete(callback));
        return Noted.YES;
    }

    private static WorkerProtocol.LeasedReference leased(JobReference reference) {
        return new WorkerProtocol.LeasedReference(
                reference.slot().id(),
                reference.type().map(JobReference.Type::id).orElse(null),
                reference.strength());
    }

    private WorkerProtocol.LeasedJob leased(JobStore.Claim claim) {
        var order = claim.job().order();
        return new WorkerProtocol.LeasedJob(
                claim.job().id(),
                claim.fence().attempt(),
                claim.fence().leaseToken(),
                (int) lease.toSeconds(),
                order.type().id(),
                order.prompt(),
                order.negativePrompt().orElse(null),
                order.numImages(),
                order.seed(),
                order.references().stream().map(LeaseResource::leased).toList(),
                order.enhancement()
                        .map(written -> new WorkerProtocol.Enhancement(written.prompt(), written.by()))
                        .orElse(null));
    }
}
