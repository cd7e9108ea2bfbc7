# The formula for Homebrew. packaging/pack fills in the version and the checksums.
class Testedon < Formula
  desc "Is an environment tested for a release of a product?"
  homepage "https://github.com/testedon/testedon"
  version "@version@"
  license "Apache-2.0"

  on_macos do
    on_arm do
      url "https://github.com/testedon/testedon/releases/download/v@version@/testedon-darwin-arm64.tar.gz"
      sha256 "@testedon-darwin-arm64.tar.gz@"
    end
    on_intel do
      url "https://github.com/testedon/testedon/releases/download/v@version@/testedon-darwin-amd64.tar.gz"
      sha256 "@testedon-darwin-amd64.tar.gz@"
    end
  end

  on_linux do
    on_arm do
      url "https://github.com/testedon/testedon/releases/download/v@version@/testedon-linux-arm64.tar.gz"
      sha256 "@testedon-linux-arm64.tar.gz@"
    end
    on_intel do
      url "https://github.com/testedon/testedon/releases/download/v@version@/testedon-linux-amd64.tar.gz"
      sha256 "@testedon-linux-amd64.tar.gz@"
    end
  end

  def install
    bin.install "testedon"
    man1.install "testedon.1"
    bash_completion.install "completion/testedon.bash" => "testedon"
    zsh_completion.install "completion/_testedon"
    fish_completion.install "completion/testedon.fish"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/testedon version")
  end
end
