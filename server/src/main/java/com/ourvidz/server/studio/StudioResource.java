package com.ourvidz.server.studio;

import com.ourvidz.core.Rejection;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** The studio: one page for all of its addresses, and the scripts and styles that it names. */
@RestController
@Hidden
public class StudioResource {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}([.][A-Za-z]{1,8}){1,3}");

    /** Not where it is given no weight. */
    private static final Pattern GZIP =
            Pattern.compile("\\bgzip\\b(?!\\s*;\\s*q=0([.]0*)?\\s*(,|$))", Pattern.CASE_INSENSITIVE);

    /** The page says which scripts belong together, so it is asked for each time. Scripts have their content's hash in their names. */
    private static final CacheControl PAGE = CacheControl.noCache();

    private static final CacheControl HASHED =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final Map<String, StudioFile> files = new ConcurrentHashMap<>();

    @GetMapping({"/", "/library/**", "/account/**", "/admin/**"})
    ResponseEntity<byte[]> page(WebRequest condition, HttpServletRequest request) {
        return answer("index.html", PAGE, condition, request);
    }

    @GetMapping("/assets/studio/{name}")
    ResponseEntity<byte[]> asset(@PathVariable String name, WebRequest condition, HttpServletRequest request) {
        if (!NAME.matcher(name).matches()) {
            throw Rejection.notFound();
        }
        return answer("assets/" + name, HASHED, condition, request);
    }

    private ResponseEntity<byte[]> answer(
            String path, CacheControl cache, WebRequest condition, HttpServletRequest request) {
        var file = file(path);
        var zipped = acceptsGzip(request);
        if (condition.checkNotModified(file.etag(zipped))) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                    .cacheControl(cache)
                    .varyBy(HttpHeaders.ACCEPT_ENCODING)
                    .build();
        }
        var answer = ResponseEntity.ok()
                .cacheControl(cache)
                .varyBy(HttpHeaders.ACCEPT_ENCODING)
                .header(HttpHeaders.CONTENT_TYPE, file.mediaType())
                .header("X-Content-Type-Options", "nosniff");
        if (zipped) {
            answer.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return answer.body(file.bytes(zipped));
    }

    /** Only what there is is remembered. */
    private StudioFile file(String path) {
        var known = files.get(path);
        if (known != null) {
            return known;
        }
        var file = StudioFile.read(path).orElseThrow(Rejection::notFound);
        files.put(path, file);
        return file;
    }

    private static boolean acceptsGzip(HttpServletRequest request) {
        return Collections.list(request.getHeaders(HttpHeaders.ACCEPT_ENCODING)).stream()
                .anyMatch(header -> GZIP.matcher(header).find());
    }
}
