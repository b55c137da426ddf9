/** The images of src/deploy/Dockerfile, put together and started without a container engine. */
@NullMarked
package camelbell.image;

import org.jspecify.annotations.NullMarked;
