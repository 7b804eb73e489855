/**
 * References: pictures that users upload, or point to elsewhere, for jobs to start from or to be held to.
 * Declares the ports for rows, for decoding and for pictures from elsewhere; keeps bytes in the asset package's object store.
 */
@NullMarked
package com.ourvidz.core.reference;

import org.jspecify.annotations.NullMarked;
