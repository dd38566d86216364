/**
 * The steps of {@code routes/service.camel.yaml}: health, metrics, providers, documentation. None
 * of them makes a model call.
 */
@NullMarked
package dev.serai.processors.service;

import org.jspecify.annotations.NullMarked;
