/**
 * The content policy: what the platform refuses to make, whoever asks and however it is spelled.
 * Plain text analysis; always on, with no setting to turn it off.
 */
@NullMarked
package com.ourvidz.core.safety;

import org.jspecify.annotations.NullMarked;
