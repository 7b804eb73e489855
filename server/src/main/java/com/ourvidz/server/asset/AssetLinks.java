package com.ourvidz.server.asset;

import com.ourvidz.core.asset.Asset;
import com.ourvidz.core.asset.SignedLinks;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/** The URLs of assets, as whoever reads them reaches the platform: in answers, on the host that the request came to. */
public final class AssetLinks {

    private final SignedLinks links;

    public AssetLinks(SignedLinks links) {
        this.links = links;
    }

    public String url(Asset asset) {
        return url(ServletUriComponentsBuilder.fromCurrentContextPath().toUriString(), asset);
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
