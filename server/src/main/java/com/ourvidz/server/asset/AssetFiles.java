package com.ourvidz.server.asset;

import com.ourvidz.core.asset.Assets;
import com.ourvidz.core.asset.ListedAsset;
import com.ourvidz.server.file.StoredFile;
import java.io.IOException;

/** Assets in the form in which they are handed out. */
final class AssetFiles {

    private AssetFiles() {}

    static StoredFile file(Assets assets, ListedAsset listed) throws IOException {
        var asset = listed.asset();
        return new StoredFile(asset.id(), listed.fileName(), asset.mediaType(), assets.open(asset));
    }
}
