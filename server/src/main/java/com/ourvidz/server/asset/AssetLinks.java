package com.ourvidz.server.asset;

import com.ourvidz.core.asset.Asset;
import com.ourvidz.server.file.SignedFiles;
import java.util.Optional;
import java.util.function.Supplier;

/** The URLs of assets, as whoever reads them reaches the platform: in answers, on the host that the request came to. */
public final class AssetLinks {

    private final SignedFiles files;
    private final Supplier<String> origin;

    public AssetLinks(SignedFiles files) {
        this(files, SignedFiles::origin);
    }

    private AssetLinks(SignedFiles files, Supplier<String> origin) {
        this.files = files;
        this.origin = origin;
    }

    /** The same for whoever is being answered now, after this request too. */
    public AssetLinks here() {
        return at(origin.get());
    }

    /**
     * The same for whoever is told without having asked.
     *
     * @param where the platform's own origin, as that reader reaches it
     */
    public AssetLinks at(String where) {
        return new AssetLinks(files, () -> where);
    }

    public String url(Asset asset) {
        return files.url(origin.get(), "/files/" + asset.id(), asset.id());
    }

    public Optional<String> thumbnailUrl(Asset asset) {
        return Optional.of(asset)
                .filter(Asset::hasThumbnail)
                .map(small -> files.url(origin.get(), "/files/" + small.id() + "/thumbnail", small.id()));
    }
}
