package com.ourvidz.server.reference;

import com.ourvidz.core.asset.ObjectStore.StoredObject;
import com.ourvidz.core.asset.SignedLinks;
import com.ourvidz.core.reference.Reference;
import com.ourvidz.core.reference.References;
import com.ourvidz.server.http.Errors;
import com.ourvidz.server.http.Requests;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The bytes of reference images, for whoever holds a signed link. The link proves one reference and an expiry. */
@RestController
public class ReferenceFileResource {

    private static final Duration CACHED = Duration.ofHours(1);

    private final References references;
    private final SignedLinks links;

    public ReferenceFileResource(References references, SignedLinks links) {
        this.references = references;
        this.links = links;
    }

    private interface Opening {
        StoredObject open(UUID id) throws IOException;
    }

    @GetMapping("/references/{id}")
    ResponseEntity<?> picture(
            @PathVariable String id, @RequestParam Optional<String> expires, @RequestParam Optional<String> signature)
            throws IOException {
        return file(Requests.id(id), expires, signature, references::open);
    }

    @GetMapping("/references/{id}/thumbnail")
    ResponseEntity<?> thumbnail(
            @PathVariable String id, @RequestParam Optional<String> expires, @RequestParam Optional<String> signature)
            throws IOException {
        return file(Requests.id(id), expires, signature, references::openThumbnail);
    }

    /** A link is for reading, whatever else is tried with it. */
    @Hidden
    @RequestMapping({"/references/{id}", "/references/{id}/thumbnail"})
    ResponseEntity<?> forbidden() {
        return ResponseEntity.status(HttpStatus.FORBIDDEN)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Errors.body("This link is not valid, or no longer.", Map.of()));
    }

    private ResponseEntity<?> file(UUID id, Optional<String> expires, Optional<String> signature, Opening opening)
            throws IOException {
        if (!proven(id, expires, signature)) {
            return forbidden();
        }
        var object = opening.open(id);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(Reference.MEDIA_TYPE))
                .contentLength(object.length())
                .eTag(id.toString()) // a reference's bytes never change
                .cacheControl(CacheControl.maxAge(CACHED).cachePrivate())
                .body(new InputStreamResource(object::open));
    }

    private boolean proven(UUID id, Optional<String> expires, Optional<String> signature) {
        try {
            return links.holds(id, new SignedLinks.Proof(Long.parseLong(expires.orElse("")), signature.orElse("")));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
