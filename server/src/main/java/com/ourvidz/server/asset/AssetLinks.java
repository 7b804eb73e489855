package com.ourvidz.server.asset;

import com.ourvidz.core.asset.Asset;
import com.ourvidz.core.asset.SignedLinks;
import java.util.function.Supplier;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/** The URLs of assets, as whoever reads them reaches the platform: in answers, on the host that the request came to. */
public final class AssetLinks {

    private final SignedLinks links;
    private final Supplier<String> origin;

    public AssetLinks(SignedLinks links) {
        this(links, () -> ServletUriComponentsBuilder.fromCurrentContextPath().toUriString());
    }

    private AssetLinks(SignedLinks links, Supplier<String> origin) {
        this.links = links;
        this.origin = origin;
    }

    /** The same for whoever is being answered now, after this request too. */
    public AssetLinks here() {
        var here = origin.get();
        return new AssetLinks(links, () -> here);
    }

    public String url(Asset asset) {
        return url(origin.get(), asset);
    }

    /**
     * The same for whoever is told without having asked.
     *
     * @param origin the platform's own, as that reader reaches it
     */
    public String url(String origin, Asset asset) {
        var proof = links.sign(asset.id());
        return UriComponentsBuilder.fromUriString(origin)
                .path("/files/" + asset.id())
                .queryParam("expires", proof.expires())
                .queryParam("signature", proof.signature())
                .toUriString();
    }
}
