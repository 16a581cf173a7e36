"""Hidden cases of the convolutional layer: closed forms, so results and gradients are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, parts
from judge.clauses import Description, common_clauses
from judge.suite import case, race
from reference.convolution import conv2d, conv2d_backward

# The statement's number. float64 reaches 1e-14; mistakes move whole entries.
ACCURACY = 1e-6


def layer(rng, n=2, channels=(3, 4), size=(7, 8), kernel=(2, 3)):
    """Return x, w and b of order one."""
    x = rng.normal(size=(n, channels[0], *size))
    return x, rng.normal(size=(channels[1], channels[0], *kernel)), 1.0 + rng.normal(size=channels[1])


def compare(value, right, what):
    """Compare in units of the largest entry; gradients may be zero as a whole, and are right to 1e-6 then."""
    close_to(value, right, ACCURACY, what, scale=max(float(np.abs(right).max()), 1.0))


def check_forward(submission, x, w, b, **options):
    """Compare the result with the reference, and return it."""
    right = conv2d(x, w, b, **options)
    compare(submission.conv2d(x, w, b, **options), right, "y")
    return right


def gradients_of(answer):
    return parts(answer, ("grad_x", "grad_w", "grad_b"), "conv2d_backward")


def check(submission, rng, x, w, b, **options):
    """Compare the result and the gradients for a random gradient of the result."""
    grad_y = rng.normal(size=check_forward(submission, x, w, b, **options).shape)
    right = conv2d_backward(grad_y, x, w, **options)
    mine = gradients_of(submission.conv2d_backward(grad_y, x, w, b, **options))
    for one, expected, name in zip(mine, right, ("grad_x", "grad_w", "grad_b")):
        compare(one, expected, name)


@case("sample", hint="The kernel is laid on the image as it is: y[0, 0] = 1*1 + 2*2 + 4*3 + 5*4.")
def test_forward_by_hand(submission, rng):
    """A 3 x 3 image and a 2 x 2 kernel: 37, 47, 67, 77"""
    x = np.arange(1.0, 10.0).reshape(1, 1, 3, 3)
    w = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
    compare(submission.conv2d(x, w, np.array([0.0])), np.array([[[[37.0, 47.0], [67.0, 77.0]]]]), "y")


@case("sample", hint="Rows and columns of zeros all round; every second position of the kernel.")
def test_padding_and_stride_by_hand(submission, rng):
    """The same image with padding 1, stride 2 and a bias of 100"""
    x = np.arange(1.0, 10.0).reshape(1, 1, 3, 3)
    w = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
    right = np.array([[[[104.0, 118.0], [136.0, 177.0]]]])
    compare(submission.conv2d(x, w, np.array([100.0]), stride=2, padding=1), right, "y")


@case("sample", hint="Each entry of grad_y spreads the kernel over grad_x, and its patch of the image over grad_w.")
def test_backward_by_hand(submission, rng):
    """Two positions of a kernel of two columns, with gradients 1 and 10"""
    x, w = np.array([[[[1.0, 2.0, 3.0]]]]), np.array([[[[4.0, 5.0]]]])
    answer = submission.conv2d_backward(np.array([[[[1.0, 10.0]]]]), x, w, np.array([0.0]))
    right = (np.array([[[[4.0, 45.0, 50.0]]]]), np.array([[[[21.0, 32.0]]]]), np.array([11.0]))
    for mine, expected, name in zip(gradients_of(answer), right, ("grad_x", "grad_w", "grad_b")):
        compare(mine, expected, name)


@case("agreement", sizes=(3, 6, 12), hint="Check an entry by hand. Gradients are sums over images and positions: nothing is divided.")
def test_images_and_channels(submission, rng, size):
    """Several images and channels, stride 1, no padding"""
    check(submission, rng, *layer(rng, size=(size, size + 1), kernel=(2, 3)))


@case("agreement", hint="Rows belong to the kernel's height, columns to its width.")
def test_kernels_that_are_not_square(submission, rng):
    """Kernels of 1 x 4, 4 x 1, 3 x 2 and 5 x 5"""
    for kernel in ((1, 4), (4, 1), (3, 2), (5, 5)):
        check(submission, rng, *layer(rng, kernel=kernel), padding=1)


@case("agreement", sizes=(5, 9), hint="Padding surrounds the image by zeros; grad_x has the shape of x without them.")
def test_padding(submission, rng, size):
    """Padding of 1, 2 and 3, also more than the kernel would need"""
    for padding in (1, 2, 3):
        check(submission, rng, *layer(rng, size=(size, size), kernel=(3, 3)), padding=padding)


@case("agreement", sizes=(6, 11), hint="Position (r, c) of the output looks at rows stride * r and on, columns stride * c and on.")
def test_strides(submission, rng, size):
    """Strides of 2, 3 and 4 over images of different height and width"""
    for stride in (2, 3, 4):
        check(submission, rng, *layer(rng, size=(size, size + 2), kernel=(3, 2)), stride=stride)


@case("agreement", hint="Both at once: pad first, then walk in strides over the padded image.")
def test_padding_and_strides(submission, rng):
    """All pairs of stride 2 and 3 with padding 1 and 2"""
    for stride in (2, 3):
        for padding in (1, 2):
            check(submission, rng, *layer(rng, size=(8, 7), kernel=(3, 3)), stride=stride, padding=padding)


@case("agreement", hint="Axes of w are output channel, input channel, row, column.")
def test_as_many_channels_as_kernel_rows(submission, rng):
    """All axes equally long, where a wrong axis is not seen by its length"""
    check(submission, rng, *layer(rng, n=3, channels=(3, 3), size=(3, 3), kernel=(3, 3)), padding=1)


@case("agreement", hint="Nothing is divided: gradients are sums over images and positions.")
def test_many_images(submission, rng):
    """Six images, of which gradients of kernels and biases are sums"""
    check(submission, rng, *layer(rng, n=6, channels=(5, 2), size=(6, 5), kernel=(2, 2)), padding=1)


@case("property", sizes=(5, 8), hint="The layer is linear, so sum(grad_y * change of y) is sum(grad * change of the argument).")
def test_gradients_belong_to_the_result(submission, rng, size):
    """A step of x, w and b changes y as the gradients say"""
    x, w, b = layer(rng, size=(size, size), kernel=(3, 3))
    options = {"stride": 2, "padding": 1}
    y = array(submission.conv2d(x, w, b, **options), "y")
    grad_y = rng.normal(size=conv2d(x, w, b, **options).shape)
    mine = gradients_of(submission.conv2d_backward(grad_y, x, w, b, **options))
    for index, (argument, name) in enumerate(zip((x, w, b), ("grad_x", "grad_w", "grad_b"))):
        step = rng.normal(size=argument.shape)
        moved = [one + step if k == index else one for k, one in enumerate((x, w, b))]
        ahead = array(submission.conv2d(*moved, **options), "y", shape=grad_y.shape)
        slope = float((array(mine[index], name, shape=argument.shape) * step).sum())
        # Sums of some hundred products of order one, each certain to the statement's number of the largest.
        change = (grad_y * (ahead - array(y, "y", shape=grad_y.shape))).sum()
        close_to(slope, change, 1e-4, f"the slope by {name}", scale=float(np.abs(grad_y).sum()))


@case("property", hint="A kernel of a single 1 copies the image, moved by its place in the kernel.")
def test_a_kernel_of_a_single_one(submission, rng):
    """The 1 stands in each place of a 3 x 2 kernel in turn"""
    x = rng.normal(size=(1, 2, 6, 5))
    for place in np.ndindex(3, 2):
        w = np.zeros((1, 2, 3, 2))
        w[0, 1][place] = 1.0
        check(submission, rng, x, w, np.zeros(1))


@case("property", hint="Images do not see each other.")
def test_images_are_independent(submission, rng):
    """The last image alone has the result and the grad_x that it has among others"""
    x, w, b = layer(rng, n=3)
    right = conv2d(x, w, b, padding=1)
    grad_y = rng.normal(size=right.shape)
    compare(submission.conv2d(x[2:].copy(), w, b, padding=1), right[2:], "y of one image")
    alone = submission.conv2d_backward(grad_y[2:].copy(), x[2:].copy(), w, b, padding=1)
    compare(gradients_of(alone)[0], conv2d_backward(grad_y, x, w, padding=1)[0][2:], "grad_x of one image")


@case("edge", hint="What no kernel reaches has gradient zero, and grad_x still has the shape of x.")
def test_pixels_that_no_kernel_reaches(submission, rng):
    """Strides that leave rows and columns over, and strides longer than the kernel"""
    check(submission, rng, *layer(rng, size=(8, 9), kernel=(3, 3)), stride=4)
    check(submission, rng, *layer(rng, size=(7, 10), kernel=(1, 2)), stride=3)
    check(submission, rng, *layer(rng, size=(6, 6), kernel=(2, 2)), stride=3, padding=1)


@case("edge", hint="A kernel of one pixel is a matrix product over the channels.")
def test_a_kernel_of_one_pixel(submission, rng):
    """1 x 1 kernels, with and without padding and stride"""
    for options in ({}, {"padding": 2}, {"stride": 2}):
        check(submission, rng, *layer(rng, kernel=(1, 1)), **options)


@case("edge", hint="There is one position, and the output has shape (n_images, out_channels, 1, 1).")
def test_a_kernel_as_large_as_the_image(submission, rng):
    """One position only, of a kernel as large as the image, padded or not"""
    check(submission, rng, *layer(rng, size=(4, 5), kernel=(4, 5)))
    check(submission, rng, *layer(rng, size=(2, 3), kernel=(4, 5)), padding=1)


@case("edge", hint="Keep all axes, also those of length one.")
def test_one_of_everything(submission, rng):
    """One image of one channel and one pixel"""
    check(submission, rng, *layer(rng, n=1, channels=(1, 1), size=(1, 1), kernel=(1, 1)))


@case("edge", hint="Calculate in float64: where products nearly cancel, float32 keeps few digits of their sum.")
def test_sums_that_nearly_cancel(submission, rng):
    """Images, channels and kernels in pairs that nearly cancel in the result and in each gradient"""

    def opposite(one, axis, sign=-1.0):
        return np.stack([one, sign * one + 1e-3 * rng.normal(size=one.shape)], axis=axis)

    x = opposite(opposite(rng.normal(size=(6, 5)), 0, sign=1.0), 0)
    w = opposite(opposite(rng.normal(size=(3, 2)), 0), 0)
    plane = rng.normal(size=(4, 4))
    grad_y = np.broadcast_to(plane - plane.mean() + 1e-3, (2, 2, 4, 4)).copy()
    mine = (submission.conv2d(x, w, np.zeros(2)), *gradients_of(submission.conv2d_backward(grad_y, x, w, np.zeros(2))))
    right = (conv2d(x, w, np.zeros(2)), *conv2d_backward(grad_y, x, w))
    # What is left is a thousandth of what cancels, of which float32 is wrong by 1e-5 to 1e-4 and float64 by 1e-13.
    for one, expected, name in zip(mine, right, ("y", "grad_x", "grad_w", "grad_b")):
        close_to(one, expected, ACCURACY, name, scale=float(np.abs(expected).max()))


@case("edge", hint="Arguments may come by position: stride is the fourth, padding the fifth.")
def test_stride_and_padding_by_position(submission, rng):
    """A stride of 2 and a padding of 1"""
    x, w, b = layer(rng)
    compare(submission.conv2d(x, w, b, 2, 1), conv2d(x, w, b, stride=2, padding=1), "conv2d")


def clause_inputs(rng):
    x, w, b = layer(rng, n=2, channels=(2, 3), size=(5, 4), kernel=(3, 2))
    grad_y = rng.normal(size=conv2d(x, w, b, 2, 1).shape)
    return tuple(map(datasets.dyadic, (x, w, b, grad_y)))


def clause_answer(submission, x, w, b, grad_y):
    options = {"stride": 2, "padding": 1}
    return submission.conv2d(x, w, b, **options), submission.conv2d_backward(grad_y, x, w, b, **options)


def clause_answers(both, x, w, b, grad_y):
    y, gradients = both
    named = {"y": array(y, "y", shape=grad_y.shape)}
    for value, argument, name in zip(gradients_of(gradients), (x, w, b), ("grad_x", "grad_w", "grad_b")):
        named[name] = array(value, name, shape=argument.shape)
    return named


clauses = common_clauses(Description(inputs=clause_inputs, fit=clause_answer, answers=clause_answers))


def same_answers(mine, rivals):
    """The result and the gradients of a timed run are those of the rival."""
    compare(mine[0], np.asarray(rivals[0]), "y")
    for one, other, name in zip(gradients_of(mine[1]), rivals[1], ("grad_x", "grad_w", "grad_b")):
        compare(one, np.asarray(other), name)


@race(limit=150.0, agree=same_answers, hint="Loop over the few places of the kernel, and work on whole images at each.")
def test_time_on_eight_images(contender, rng):
    """8 images of 32 x 32, 4 channels in and 8 out, a 3 x 3 kernel, forward and backward"""
    x, w, b = layer(rng, n=8, channels=(4, 8), size=(32, 32), kernel=(3, 3))
    grad_y = rng.normal(size=(8, 8, 32, 32))
    return contender.conv2d(x, w, b, padding=1), contender.conv2d_backward(grad_y, x, w, b, padding=1)
