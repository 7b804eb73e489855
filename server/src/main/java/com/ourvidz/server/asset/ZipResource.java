package com.ourvidz.server.asset;

import com.ourvidz.core.asset.Assets;
import com.ourvidz.core.asset.ListedAsset;
import com.ourvidz.server.file.StoredFile;
import com.ourvidz.server.file.ZipAnswer;
import com.ourvidz.server.http.Requests;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Several assets in one ZIP. */
@RestController
public class ZipResource {

    private final Assets assets;

    public ZipResource(Assets assets) {
        this.assets = assets;
    }

    /** At most 100 assets, in the order that they are named; 404 when one of them is not there. */
    @GetMapping("/api/assets/zip")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = ZipAnswer.MEDIA_TYPE, schema = @Schema(type = "string", format = "binary")))
    void some(Principal user, @RequestParam List<String> ids, HttpServletResponse response) throws IOException {
        var named = ids.stream().map(Requests::id).toList();
        send(assets.together(named, user.getName()), "ourvidz.zip", response);
    }

    /** All assets of a job; 404 when it has none. */
    @GetMapping("/api/jobs/{id}/zip")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = ZipAnswer.MEDIA_TYPE, schema = @Schema(type = "string", format = "binary")))
    void job(Principal user, @PathVariable String id, HttpServletResponse response) throws IOException {
        var made = assets.ofJob(Requests.id(id), user.getName());
        send(made, made.getFirst().fileName().replaceAll("[.][a-z0-9]+$", ".zip"), response);
    }

    private void send(List<ListedAsset> listed, String name, HttpServletResponse response) throws IOException {
        var files = new ArrayList<StoredFile>();
        for (var each : listed) {
            files.add(AssetFiles.file(assets, each));
        }
        ZipAnswer.send(files, name, response);
    }
}
