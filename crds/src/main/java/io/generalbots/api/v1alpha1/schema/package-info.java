/** Annotations that give the generated schema its bounds, list types and formats. */
@NullMarked
package io.generalbots.api.v1alpha1.schema;

import org.jspecify.annotations.NullMarked;
