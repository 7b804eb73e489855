package com.ourvidz.server.file;

import com.ourvidz.core.asset.ObjectStore.StoredObject;
import com.ourvidz.core.asset.SignedLinks;
import com.ourvidz.server.http.Errors;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Files for whoever holds a signed link, which proves one file and an expiry. Answers as RFC 9110 says: one range is served, and what asks
 * for several, or cannot be understood, gets the whole file.
 */
public final class SignedFiles {

    private static final Duration CACHED = Duration.ofHours(1);

    /** Whatever the bytes are, a browser shows them and runs nothing. */
    private static final String CONTENT_SECURITY_POLICY =
            "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'";

    private final SignedLinks links;

    public SignedFiles(SignedLinks links) {
        this.links = links;
    }

    /** Where a file is, looked up once the link has proven itself. */
    public interface Source {
        StoredFile open() throws IOException;
    }

    /** The URL for whoever is being answered: on the host that the request came to. */
    public String url(String path, UUID id) {
        return url(origin(), path, id);
    }

    /** The platform's own origin, as whoever is being answered reaches it. */
    public static String origin() {
        return ServletUriComponentsBuilder.fromCurrentContextPath().toUriString();
    }

    /** The URL for whoever reaches the platform at this origin. */
    public String url(String origin, String path, UUID id) {
        var proof = links.sign(id);
        return UriComponentsBuilder.fromUriString(origin)
                .path(path)
                .queryParam("expires", proof.expires())
                .queryParam("signature", proof.signature())
                .toUriString();
    }

    public ResponseEntity<?> answer(UUID id, FileQuery query, HttpServletRequest request, Source source)
            throws IOException {
        if (query.proof().filter(proof -> links.holds(id, proof)).isEmpty()) {
            return forbidden();
        }
        var file = source.open();
        var headers = headers(file, query.wantsDownload());
        if (request.getMethod().equals("HEAD")) {
            return whole(file, headers).build();
        }
        return range(request, file)
                .<ResponseEntity<?>>map(range -> part(range, file, headers))
                .orElseGet(() -> whole(file, headers).body(new InputStreamResource(file.object()::open)));
    }

    /** What a link that proves nothing is answered. */
    public static ResponseEntity<?> forbidden() {
        return ResponseEntity.status(HttpStatus.FORBIDDEN)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Errors.body("This link is not valid, or no longer.", Map.of()));
    }

    private static HttpHeaders headers(StoredFile file, boolean download) {
        var headers = new HttpHeaders();
        headers.setContentType(MediaType.parseMediaType(file.mediaType()));
        headers.setETag(file.etag());
        headers.setCacheControl(CacheControl.maxAge(CACHED).cachePrivate());
        headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
        headers.set(HttpHeaders.CONTENT_DISPOSITION, disposition(download ? "attachment" : "inline", file.name()));
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        return headers;
    }

    /** As RFC 6266 says: with a name in ASCII for clients that do not know the other one. */
    static String disposition(String kind, String name) {
        return "%s; filename=\"%s\"; filename*=UTF-8''%s"
                .formatted(
                        kind, name.replaceAll("[^A-Za-z0-9._-]", "_"), URLEncoder.encode(name, StandardCharsets.UTF_8));
    }

    private static ResponseEntity.BodyBuilder whole(StoredFile file, HttpHeaders headers) {
        return ResponseEntity.ok().headers(headers).contentLength(file.object().length());
    }

    /** Spring serves the range, of what it knows the length of. */
    private static ResponseEntity<?> part(HttpRange range, StoredFile file, HttpHeaders headers) {
        var bytes = new Bytes(file.object());
        try {
            range.toResourceRegion(bytes);
            return ResponseEntity.ok().headers(headers).body(bytes);
        } catch (IllegalArgumentException e) {
            return ResponseEntity.status(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .contentType(MediaType.APPLICATION_JSON)
                    .header(
                            HttpHeaders.CONTENT_RANGE,
                            "bytes */" + file.object().length())
                    .body(Errors.body("The file has no such range.", Map.of()));
        }
    }

    /** The one range that is asked for, of the file that the client knows; empty for all of it. */
    private static Optional<HttpRange> range(HttpServletRequest request, StoredFile file) {
        var isKnown = request.getHeader(HttpHeaders.IF_RANGE);
        if (request.getHeader(HttpHeaders.IF_NONE_MATCH)
                        != null // which counts first: Spring looks at it for a whole file
                || (isKnown != null && !isKnown.equals(file.etag()))) {
            return Optional.empty();
        }
        try {
            var ranges = HttpRange.parseRanges(request.getHeader(HttpHeaders.RANGE));
            return ranges.size() == 1 ? Optional.of(ranges.getFirst()) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Stored bytes in a form of which Spring serves ranges, which it does not of an {@link InputStreamResource}. */
    private static final class Bytes extends AbstractResource {

        private final StoredObject object;

        Bytes(StoredObject object) {
            this.object = object;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return object.open();
        }

        @Override
        public long contentLength() {
            return object.length();
        }

        @Override
        public String getDescription() {
            return "stored bytes";
        }
    }
}
