package com.ourvidz.server.job;

import com.ourvidz.core.estimate.Estimates;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.core.job.Jobs;
import com.ourvidz.server.asset.AssetLinks;
import com.ourvidz.server.event.JobStreams;
import com.ourvidz.server.event.Shown;
import com.ourvidz.server.http.Requests;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** How users watch jobs. */
@RestController
public class EventResource {

    private final Jobs jobs;
    private final Outlooks outlooks;
    private final AssetLinks links;
    private final JobStreams streams;
    private final JsonMapper json;

    public EventResource(
            Jobs jobs, JobStore store, Estimates estimates, AssetLinks links, JobStreams streams, JsonMapper json) {
        this.jobs = jobs;
        this.outlooks = new Outlooks(jobs, store, estimates);
        this.links = links;
        this.streams = streams;
        this.json = json;
    }

    /**
     * The job's events, to its end: each is named after the job's status and holds the job as it is then. Of several changes that a client
     * is too slow for, or was away for, it gets the newest. 204 where the client has seen the last.
     */
    @GetMapping("/api/jobs/{id}/events")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = JobView.class)))
    @ApiResponse(responseCode = "204", content = @Content)
    void ofJob(
            Principal user,
            @PathVariable String id,
            @RequestHeader("Last-Event-ID") Optional<Long> lastEventId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var job = jobs.find(Requests.id(id), user.getName());
        streams.open(job, lastEventId.orElse(0L), view(), request, response);
    }

    /**
     * The events of all the user's jobs, also of those ordered later: first how each open job stands, then each change, named and told as
     * in the stream of one job. Of several changes that a client is too slow for it gets the newest. Who comes back with Last-Event-ID is told
     * first what has ended since, and at times what it knows. An event {@code reload} says that more may have ended: ask for GET /api/jobs.
     */
    @GetMapping("/api/events")
    @ApiResponse(
            responseCode = "200",
            description =
                    "How each open job stands, then each change of any job, without an end: events named after the job's status."
                            + " An event named `reload` has no job: more may have ended than is told here, so ask for GET /api/jobs."
                            + " With Last-Event-ID, what has ended since that event is told as well.",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = JobView.class)))
    void ofAll(
            Principal user,
            @RequestHeader("Last-Event-ID") Optional<Long> lastEventId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        streams.openAll(user.getName(), lastEventId, view(), request, response);
    }

    /** Links are to lead where this request came to, also those that are told later. */
    private Shown.View view() {
        var here = links.here();
        return (job, place) -> {
            var outlook = outlooks.of(job, place);
            return new Shown(place, outlook.preview(), json.writeValueAsString(JobView.of(job, outlook, here)));
        };
    }
}
