/**
 * The routes of webhooks, the bodies of events, and what sends them from the outbox.
 * Uses core's webhooks, and the http, asset and job packages.
 */
@NullMarked
package com.ourvidz.server.webhook;

import org.jspecify.annotations.NullMarked;
