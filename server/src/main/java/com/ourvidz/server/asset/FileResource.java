package com.ourvidz.server.asset;

import com.ourvidz.core.asset.Asset;
import com.ourvidz.core.asset.Assets;
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

/** The bytes of assets, for whoever holds a signed link. */
@RestController
public class FileResource {

    private final Assets assets;
    private final SignedFiles files;

    public FileResource(Assets assets, SignedFiles files) {
        this.assets = assets;
        this.files = files;
    }

    @GetMapping("/files/{id}")
    ResponseEntity<?> file(@PathVariable String id, @ParameterObject FileQuery query, HttpServletRequest request)
            throws IOException {
        var asset = Requests.id(id);
        return files.answer(asset, query, request, () -> AssetFiles.file(assets, assets.published(asset)));
    }

    @GetMapping("/files/{id}/thumbnail")
    ResponseEntity<?> thumbnail(@PathVariable String id, @ParameterObject FileQuery query, HttpServletRequest request)
            throws IOException {
        var asset = Requests.id(id);
        return files.answer(asset, query, request, () -> thumbnail(asset));
    }

    private StoredFile thumbnail(UUID id) throws IOException {
        var listed = assets.published(id);
        var name = listed.fileName().replaceAll("[.][a-z0-9]+$", "-thumbnail.webp");
        return new StoredFile(id, name, Asset.THUMBNAIL_TYPE, assets.openThumbnail(listed.asset()));
    }

    /** A link is for reading, whatever else is tried with it. */
    @Hidden
    @RequestMapping({"/files/{id}", "/files/{id}/thumbnail"})
    ResponseEntity<?> forbidden() {
        return SignedFiles.forbidden();
    }
}
