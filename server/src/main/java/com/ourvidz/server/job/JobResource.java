package com.ourvidz.server.job;

import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.estimate.Estimates;
import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.job.Jobs;
import com.ourvidz.server.asset.AssetLinks;
import com.ourvidz.server.http.Requests;
import com.ourvidz.server.http.StrictJson;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What users do with jobs. */
@RestController
public class JobResource {

    private static final byte[] NOTHING = {};

    private final Jobs jobs;
    private final Outlooks outlooks;
    private final AssetLinks links;
    private final JsonMapper json;

    public JobResource(Jobs jobs, JobStore store, Estimates estimates, AssetLinks links, JsonMapper json) {
        this.jobs = jobs;
        this.outlooks = new Outlooks(jobs, store, estimates);
        this.links = links;
        this.json = json;
    }

    @PostMapping(path = "/api/queue-job", consumes = MediaType.APPLICATION_JSON_VALUE)
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = QueueJobRequest.class)))
    JobAnswers.Accepted submit(
            Principal user,
            @RequestHeader("Idempotency-Key") Optional<String> idempotencyKey,
            @RequestBody byte[] body) {
        var order = StrictJson.readObject(json, body);
        var acceptance = jobs.submit(user.getName(), order, idempotencyKey.map(key -> Idempotency.key(key, body)));
        return JobAnswers.Accepted.of(acceptance, view(acceptance.job()));
    }

    @GetMapping("/api/jobs/{id}")
    JobView show(Principal user, @PathVariable String id) {
        return view(jobs.find(Requests.id(id), user.getName()));
    }

    /** A small JPEG of what the job is making; 404 while there is none. */
    @GetMapping(path = "/api/jobs/{id}/preview")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.IMAGE_JPEG_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<byte[]> preview(Principal user, @PathVariable String id) {
        var preview = jobs.preview(jobs.find(Requests.id(id), user.getName())).orElseThrow(JobResource::noPreview);
        return ResponseEntity.ok()
                .contentType(MediaType.IMAGE_JPEG)
                .cacheControl(CacheControl.noStore())
                .header("X-Content-Type-Options", "nosniff")
                .body(preview.jpeg());
    }

    /**
     * The user's jobs, newest first. A search in prompts looks at so many jobs for each page and no more: go on while there is a next_cursor.
     *
     * @param from the earliest creation, ISO-8601
     * @param to the creation from which on none is shown, ISO-8601
     * @param text what the prompt holds
     */
    @GetMapping("/api/jobs")
    JobAnswers.JobList list(
            Principal user,
            @RequestParam Optional<String> cursor,
            @RequestParam Optional<Integer> limit,
            @RequestParam Optional<String> status,
            @RequestParam("jobType") Optional<String> type,
            @RequestParam("job_type") Optional<String> sameType,
            @RequestParam Optional<String> projectId,
            @RequestParam Optional<String> from,
            @RequestParam Optional<String> to,
            @RequestParam Optional<String> text) {
        var filter = Filters.read(status, type.or(() -> sameType), projectId, from, to, text);
        var page = jobs.list(user.getName(), filter, cursor.map(Page.Cursor::decode), Requests.limit(limit));
        var views = page.items().stream()
                .map(job -> JobView.of(job, JobView.Outlook.NONE, links))
                .toList();
        return new JobAnswers.JobList(
                views, page.next().map(Page.Cursor::encode).orElse(null));
    }

    /** The same job once more, or one of its images, with what the body changes; without a body, exactly as it was. */
    @PostMapping(path = "/api/jobs/{id}/regenerate", consumes = MediaType.APPLICATION_JSON_VALUE)
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = QueueJobRequest.Again.class)))
    JobAnswers.Accepted regenerate(
            Principal user,
            @PathVariable String id,
            @RequestHeader("Idempotency-Key") Optional<String> idempotencyKey,
            @RequestBody(required = false) byte @Nullable [] body) {
        var job = Requests.id(id);
        var given = body == null ? NOTHING : body;
        var changes = given.length == 0 ? Map.<String, Object>of() : StrictJson.readObject(json, given);
        var acceptance = jobs.regenerate(
                job,
                user.getName(),
                changes,
                idempotencyKey.map(key -> Idempotency.key(key, "/api/jobs/" + job + "/regenerate", given)));
        return JobAnswers.Accepted.of(acceptance, view(acceptance.job()));
    }

    @DeleteMapping("/api/jobs/{id}")
    JobAnswers.Cancelled cancel(Principal user, @PathVariable String id) {
        return new JobAnswers.Cancelled(true, view(jobs.cancel(Requests.id(id), user.getName())));
    }

    private JobView view(Job job) {
        return JobView.of(job, outlooks.of(job), links);
    }

    private static Rejection noPreview() {
        return Rejection.of(Rejection.Reason.NOT_FOUND, "There is no preview of this job at the moment.");
    }
}
