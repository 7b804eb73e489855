/**
 * What every route shares: the error format, strict JSON, the limit on bodies, how log records are escaped.
 * Knows no feature; uses core's refusals only.
 */
@NullMarked
package com.ourvidz.server.http;

import org.jspecify.annotations.NullMarked;
