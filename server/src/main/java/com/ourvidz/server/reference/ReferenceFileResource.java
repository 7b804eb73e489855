package com.ourvidz.server.reference;

import com.ourvidz.core.asset.ObjectStore.StoredObject;
import com.ourvidz.core.reference.Reference;
import com.ourvidz.core.reference.References;
import com.ourvidz.server.file.FileQuery;
import com.ourvidz.server.file.SignedFiles;
import com.ourvidz.server.file.StoredFile;
import com.ourvidz.server.http.Requests;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.UUID;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The bytes of reference images, for whoever holds a signed link. */
@RestController
public class ReferenceFileResource {

    private final References references;
    private final SignedFiles files;

    public ReferenceFileResource(References references, SignedFiles files) {
        this.references = references;
        this.files = files;
    }

    @GetMapping("/references/{id}")
    ResponseEntity<?> picture(@PathVariable String id, @ParameterObject FileQuery query, HttpServletRequest request)
            throws IOException {
        var reference = Requests.id(id);
        return files.answer(reference, query, request, () -> file("", reference, references.open(reference)));
    }

    @GetMapping("/references/{id}/thumbnail")
    ResponseEntity<?> thumbnail(@PathVariable String id, @ParameterObject FileQuery query, HttpServletRequest request)
            throws IOException {
        var reference = Requests.id(id);
        return files.answer(
                reference, query, request, () -> file("-thumbnail", reference, references.openThumbnail(reference)));
    }

    /** A link is for reading, whatever else is tried with it. */
    @Hidden
    @RequestMapping({"/references/{id}", "/references/{id}/thumbnail"})
    ResponseEntity<?> forbidden() {
        return SignedFiles.forbidden();
    }

    private static StoredFile file(String what, UUID id, StoredObject object) {
        return new StoredFile(id, "reference-" + id + what + ".png", Reference.MEDIA_TYPE, object);
    }
}
