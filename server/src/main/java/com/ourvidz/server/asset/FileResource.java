package com.ourvidz.server.asset;

import com.ourvidz.core.asset.Assets;
import com.ourvidz.core.asset.SignedLinks;
import com.ourvidz.server.http.Errors;
import com.ourvidz.server.http.Requests;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The bytes of assets, for whoever holds a signed link. The link proves one asset and an expiry. */
@RestController
public class FileResource {

    private static final Duration CACHED = Duration.ofHours(1);

    private final Assets assets;
    private final SignedLinks links;

    public FileResource(Assets assets, SignedLinks links) {
        this.assets = assets;
        this.links = links;
    }

    @GetMapping("/files/{id}")
    ResponseEntity<?> file(
            @PathVariable String id,
            @RequestParam Optional<String> expires,
            @RequestParam Optional<String> signature,
            @RequestHeader(HttpHeaders.RANGE) Optional<String> range)
            throws IOException {
        var assetId = Requests.id(id);
        if (!proven(assetId, expires, signature)) {
            return forbidden();
        }
        var asset = assets.published(assetId);
        var file = new StoredFile(asset, assets.open(asset));
        if (range.isPresent() && !satisfiable(range.get(), file)) {
            return error(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                    .header(HttpHeaders.CONTENT_RANGE, "bytes */" + file.contentLength())
                    .body(Errors.body("The file has no such range.", Map.of()));
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(asset.mediaType()))
                .eTag(asset.id().toString()) // an asset's bytes never change
                .cacheControl(CacheControl.maxAge(CACHED).cachePrivate())
                .header(HttpHeaders.CONTENT_DISPOSITION, inline(file.getFilename()))
                .body(file);
    }

    /** A link is for reading, whatever else is tried with it. */
    @Hidden
    @RequestMapping("/files/{id}")
    ResponseEntity<?> forbidden() {
        return error(HttpStatus.FORBIDDEN).body(Errors.body("This link is not valid, or no longer.", Map.of()));
    }

    private boolean proven(UUID id, Optional<String> expires, Optional<String> signature) {
        try {
            var proof = new SignedLinks.Proof(Long.parseLong(expires.orElse("")), signature.orElse(""));
            return links.holds(id, proof);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean satisfiable(String range, StoredFile file) {
        try {
            HttpRange.toResourceRegions(HttpRange.parseRanges(range), file);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static ResponseEntity.BodyBuilder error(HttpStatus status) {
        return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
    }

    private static String inline(String filename) {
        return ContentDisposition.inline().filename(filename).build().toString();
    }
}
