/**
 * The steps of {@code routes/admin.camel.yaml}: what a gateway knows of itself, the weights of the
 * fair queue, and keys.
 */
@NullMarked
package dev.serai.processors.admin;

import org.jspecify.annotations.NullMarked;
