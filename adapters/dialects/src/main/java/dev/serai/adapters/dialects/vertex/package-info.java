/**
 * Google's Vertex AI, which serves the models of several publishers: the paths, and what differs
 * from the APIs of the publishers. {@link dev.serai.adapters.dialects.vertex.VertexDialect} is the
 * entry point.
 */
@NullMarked
package dev.serai.adapters.dialects.vertex;

import org.jspecify.annotations.NullMarked;
