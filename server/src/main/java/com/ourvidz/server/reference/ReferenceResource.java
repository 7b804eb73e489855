package com.ourvidz.server.reference;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.ourvidz.core.Page;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.reference.Reference;
import com.ourvidz.core.reference.References;
import com.ourvidz.server.http.Requests;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What users do with their reference images. */
@RestController
public class ReferenceResource {

    private static final int MOST_UPLOADS = 8;
    private static final int RETRY_AFTER_SECONDS = 5;

    private final Semaphore uploads = new Semaphore(MOST_UPLOADS);
    private final References references;
    private final ReferenceUrls urls;
    private final Duration limit;

    /**
     * The routes over the use cases.
     *
     * @param limit for all of an upload to arrive
     */
    public ReferenceResource(References references, ReferenceUrls urls, Duration limit) {
        this.references = references;
        this.urls = urls;
        this.limit = limit;
    }

    /** The form of an upload, for the API's description; {@link UploadForm} reads it. */
    @Schema(name = "UploadReferenceForm")
    record Form(
            @Schema(
                    type = "string",
                    format = "binary",
                    description = "JPEG, PNG or WebP, at most 10 MB",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String file,

            @Schema(description = "that the person depicted agreed") @Nullable
            Boolean consent) {}

    /** A reference image as clients see it; the URLs are signed and expire, and name it in orders as long as it is kept. */
    record ReferenceView(
            UUID id,
            String url,
            @JsonProperty("thumbnail_url") String thumbnailUrl,
            @JsonProperty("media_type") String mediaType,
            int width,
            int height,
            long bytes,
            boolean consent,
            @JsonProperty("created_at") Instant createdAt) {}

    /** Answers an upload. */
    record Uploaded(
            boolean success,
            String url,
            @JsonProperty("reference_image") ReferenceView referenceImage) {}

    /** One page of a user's reference images, newest first, and the space that all of them take. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReferenceList(
            @JsonProperty("reference_images") List<ReferenceView> referenceImages,
            @JsonProperty("bytes_used") long bytesUsed,
            @JsonProperty("bytes_limit") long bytesLimit,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    record Deleted(boolean success) {}

    @PostMapping(path = "/api/upload-reference", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA_VALUE,
                            schema = @Schema(implementation = Form.class)))
    Uploaded upload(Principal user, HttpServletRequest request) throws IOException {
        var reference = keep(user.getName(), request);
        return new Uploaded(true, urls.url(reference), view(reference));
    }

    @GetMapping("/api/reference-images")
    ReferenceList list(Principal user, @RequestParam Optional<String> cursor, @RequestParam Optional<Integer> limit) {
        var page = references.list(user.getName(), cursor.map(Page.Cursor::decode), Requests.limit(limit));
        return new ReferenceList(
                page.items().stream().map(this::view).toList(),
                references.usage(user.getName()).bytes(),
                References.MAX_USER_BYTES,
                page.next().map(Page.Cursor::encode).orElse(null));
    }

    @DeleteMapping("/api/reference-images/{id}")
    Deleted delete(Principal user, @PathVariable String id) {
        references.delete(Requests.id(id), user.getName());
        return new Deleted(true);
    }

    /** An upload is in memory until it is decoded, so there are only so many at a time. */
    private Reference keep(String user, HttpServletRequest request) throws IOException {
        if (!uploads.tryAcquire()) {
            throw Rejection.of(Rejection.Reason.QUEUE_UNAVAILABLE, "Too many uploads at the moment. Try again soon.")
                    .with("retryable", true)
                    .with("retryAfterSeconds", RETRY_AFTER_SECONDS);
        }
        try {
            var form = UploadForm.read(request, limit);
            return references.upload(user, form.file(), form.consent());
        } catch (Rejection e) {
            throw e.with("referenceImageError", true);
        } finally {
            uploads.release();
        }
    }

    private ReferenceView view(Reference reference) {
        return new ReferenceView(
                reference.id(),
                urls.url(reference),
                urls.thumbnailUrl(reference),
                Reference.MEDIA_TYPE,
                reference.width(),
                reference.height(),
                reference.bytes(),
                reference.consent(),
                reference.createdAt());
    }
}
