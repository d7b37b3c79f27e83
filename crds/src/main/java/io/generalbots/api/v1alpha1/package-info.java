/** The three kinds of generalbots.io/v1alpha1 as Java types. */
@NullMarked
package io.generalbots.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
