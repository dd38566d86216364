/**
 * The steps of {@code routes/credentials.camel.yaml}: management of the stored keys of providers.
 */
@NullMarked
package dev.serai.processors.credentials;

import org.jspecify.annotations.NullMarked;
