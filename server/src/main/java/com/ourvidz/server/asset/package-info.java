/**
 * The routes of assets, and the signed links through which a browser opens their bytes.
 * Uses core's assets and references, and the file and http packages.
 */
@NullMarked
package com.ourvidz.server.asset;

import org.jspecify.annotations.NullMarked;
