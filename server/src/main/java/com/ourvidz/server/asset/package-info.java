/**
 * The routes of assets, and the signed links through which a browser opens their bytes.
 * Uses core's assets and the http package.
 */
@NullMarked
package com.ourvidz.server.asset;

import org.jspecify.annotations.NullMarked;
