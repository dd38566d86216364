/**
 * Authentication of requests to Google Cloud: credentials and access tokens. {@link
 * dev.serai.adapters.google.GoogleSigner} is the entry point.
 */
@NullMarked
package dev.serai.adapters.google;

import org.jspecify.annotations.NullMarked;
