package com.ourvidz.server.asset;

import com.ourvidz.core.asset.Asset;
import com.ourvidz.server.file.SignedFiles;
import java.util.Optional;

/** The URLs of assets, for whoever is being answered: on the host that the request came to. */
public final class AssetLinks {

    private final SignedFiles files;

    public AssetLinks(SignedFiles files) {
        this.files = files;
    }

    public String url(Asset asset) {
        return files.url("/files/" + asset.id(), asset.id());
    }

    public Optional<String> thumbnailUrl(Asset asset) {
        return Optional.of(asset)
                .filter(Asset::hasThumbnail)
                .map(small -> files.url("/files/" + small.id() + "/thumbnail", small.id()));
    }
}
